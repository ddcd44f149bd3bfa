package io.segue.e2e.chaos;

import io.segue.e2e.fleet.Stage;
import java.util.EnumMap;
import java.util.Map;

/** The mixes that are on the source, each made once, when it is first wanted. */
final class Worlds {
    private final Stage stage;
    private final int records;
    private final Map<Mix, Prepared> made = new EnumMap<>(Mix.class);

    Worlds(Stage stage, int records) {
        this.stage = stage;
        this.records = records;
    }

    Prepared of(Mix mix) throws InterruptedException {
        Prepared there = made.get(mix);
        if (there == null) {
            there = Prepared.make(stage, mix, records);
            made.put(mix, there);
        }
        return there;
    }
}
