package io.segue.sandbox;

/**
 * A running KRaft cluster of combined nodes. Brokers are named by their Kafka node id, {@code 0} to {@code brokers() -
 * 1}. Every method returns when its effect is there, and throws {@link SandboxException} if that takes too long;
 * an unknown id or a broker in the wrong state is an {@link IllegalArgumentException} or {@link IllegalStateException}.
 */
public interface BrokerCluster {
    /** {@code host:port} of every broker, comma-separated; stays the same when brokers are restarted. */
    String bootstrapServers();

    /** The number of brokers, running or not. */
    int brokers();

    /** Shuts a broker down in order: leaders move away first. */
    void stop(int broker);

    /** Ends a broker with SIGKILL. */
    void kill(int broker);

    /** Freezes a broker with SIGSTOP: its connections stay open and nothing answers. */
    void suspend(int broker);

    /** Lets a suspended broker go on. */
    void resume(int broker);

    /** Starts a stopped or killed broker with its data, and waits until the cluster has it again. */
    void start(int broker);
}
