package io.segue.e2e.delivery;

import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.process.SharedSandbox;

/** The newest version of brokers. */
class NewestBrokersIT extends DeliveryContract {
    private final BrokerCluster brokers = SharedSandbox.get().target().orElseThrow();

    @Override
    String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }

    @Override
    void restartBroker() {
        brokers.kill(0);
        brokers.start(0);
    }
}
