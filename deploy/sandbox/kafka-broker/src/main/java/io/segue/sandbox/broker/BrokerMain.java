package io.segue.sandbox.broker;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** Formats a broker's storage where that has not been done, then runs the broker, in one JVM: two starts would cost twice. */
public final class BrokerMain {
    private BrokerMain() {}

    /** Takes the cluster id and the path of the broker's properties file. */
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("usage: BrokerMain CLUSTER_ID PROPERTIES_FILE");
            System.exit(2);
        }
        String[] format = {"format", "--ignore-formatted", "-t", args[0], "-c", args[1]};
        int status = StorageTool.execute(format, System.out);
        if (status != 0) {
            System.err.println("the storage could not be formatted, status " + status);
            System.exit(status);
        }
        Kafka.main(new String[] {args[1]});
    }
}
