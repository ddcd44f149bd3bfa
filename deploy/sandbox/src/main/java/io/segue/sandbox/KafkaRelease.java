package io.segue.sandbox;

/** The releases of brokers that a sandbox can run: both ends of what is supported. */
public enum KafkaRelease {
    NEWEST,
    /** 3.9, the oldest that is supported. */
    OLDEST
}
