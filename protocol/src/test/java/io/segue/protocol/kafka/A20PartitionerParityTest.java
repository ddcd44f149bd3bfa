package io.segue.protocol.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

/** Keys go where the Java client itself would send them. */
class A20PartitionerParityTest {
    @Test
    void everyKeyGoesWhereTheJavaClientSendsIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] key = new byte[random.nextInt(i % 100 == 0 ? 5_000 : 24)];
            random.nextBytes(key);
            int partitions = 1 + random.nextInt(1 << random.nextInt(20));

            assertEquals(
                    BuiltInPartitioner.partitionForKey(key, partitions),
                    KeyPartitioner.partition(ByteBuffer.wrap(key), partitions),
                    () -> "seed " + seed);
        }
    }

    @Test
    void aKeyMayLieAnywhereInABuffer() {
        byte[] key = {1, 2, 3, 4, 5, 6, 7};
        ByteBuffer padded = ByteBuffer.allocate(20).position(6).put(key).flip().position(6);

        assertEquals(BuiltInPartitioner.partitionForKey(key, 12), KeyPartitioner.partition(padded, 12));
        assertEquals(6, padded.position());
    }
}
