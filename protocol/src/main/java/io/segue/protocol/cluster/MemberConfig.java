package io.segue.protocol.cluster;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;
import io.segue.protocol.config.FleetConfig;
import java.net.InetAddress;
import java.util.Map;

/** How a process is a member: on one interface, with the members that are listed, and nothing else open. */
final class MemberConfig {
    /** A member that is silent for so long is taken for dead. Hazelcast's own default, a minute, would hang the fleet. */
    private static final int NO_HEARTBEAT_SECONDS = 6;

    private static final Map<HazelcastProperty, String> PROPERTIES = Map.ofEntries(
            Map.entry(ClusterProperty.HEARTBEAT_INTERVAL_SECONDS, "1"),
            Map.entry(ClusterProperty.MAX_NO_HEARTBEAT_SECONDS, String.valueOf(NO_HEARTBEAT_SECONDS)),
            Map.entry(ClusterProperty.WAIT_SECONDS_BEFORE_JOIN, "1"),
            // two halves of a split find each other again within seconds, not five minutes
            Map.entry(ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS, "10"),
            Map.entry(ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS, "5"),
            Map.entry(ClusterProperty.OPERATION_CALL_TIMEOUT_MILLIS, "10000"),
            Map.entry(ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT, "10"),
            Map.entry(ClusterProperty.TCP_JOIN_PORT_TRY_COUNT, "1"),
            Map.entry(ClusterProperty.SOCKET_BIND_ANY, "false"),
            Map.entry(ClusterProperty.PHONE_HOME_ENABLED, "false"),
            Map.entry(ClusterProperty.SHUTDOWNHOOK_ENABLED, "false"),
            Map.entry(ClusterProperty.HEALTH_MONITORING_LEVEL, "OFF"),
            Map.entry(ClusterProperty.LOGGING_TYPE, "slf4j"));

    private MemberConfig() {}

    static Config of(FleetConfig.Cluster cluster, InetAddress host) {
        Config config = new Config().setClusterName(cluster.name());
        PROPERTIES.forEach((property, value) -> config.setProperty(property.getName(), value));
        config.addListenerConfig(new ListenerConfig(new MemberLog()));
        config.getJetConfig().setEnabled(false);
        config.getAdvancedNetworkConfig()
                .setEnabled(true)
                .setJoin(join(cluster))
                .setMemberEndpointConfig(endpoint(cluster, host));
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter());
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
        return config;
    }

    private static JoinConfig join(FleetConfig.Cluster cluster) {
        JoinConfig join = new JoinConfig();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        TcpIpConfig members = join.getTcpIpConfig().setEnabled(true);
        cluster.members().forEach(member -> members.addMember(member.toString()));
        return join;
    }

    /** Only members: with the advanced network, what has no endpoint of its own (clients, REST, memcache) is not served. */
    private static ServerSocketEndpointConfig endpoint(FleetConfig.Cluster cluster, InetAddress host) {
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(cluster.port()).setPortAutoIncrement(false);
        endpoint.setInterfaces(new InterfacesConfig().setEnabled(true).addInterface(host.getHostAddress()));
        return endpoint;
    }

    /** What members send each other has serialisers of its own; beyond that, only exceptions travel as Java objects. */
    private static JavaSerializationFilterConfig filter() {
        ClassFilter allowed = new ClassFilter()
                .addPackages("java.lang", "java.util", "java.util.concurrent", "java.net", "java.io")
                .addPrefixes("com.hazelcast.", "io.vertx.spi.cluster.hazelcast.", "[");
        return new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(allowed);
    }
}
