package io.segue.e2e.delivery;

import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.process.SharedSandbox;

/** The oldest version of brokers that is supported. */
class OldestBrokersIT extends DeliveryContract {
    @Override
    String bootstrap() {
        return SharedSandbox.oldest().source().bootstrapServers();
    }

    @Override
    void restartBroker() {
        BrokerCluster brokers = SharedSandbox.oldest().source();
        brokers.kill(0);
        brokers.start(0);
    }
}
