package io.segue.protocol.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who comes and goes. */
final class MemberLog implements MembershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(MemberLog.class);

    @Override
    public void memberAdded(MembershipEvent event) {
        LOG.info("event=member-joined {}", describe(event));
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        LOG.info("event=member-left {}", describe(event));
    }

    private static String describe(MembershipEvent event) {
        var address = event.getMember().getAddress();
        return "member=" + address.getHost() + ":" + address.getPort() + " members="
                + event.getMembers().size();
    }
}
