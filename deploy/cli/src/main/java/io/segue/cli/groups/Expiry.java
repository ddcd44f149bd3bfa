package io.segue.cli.groups;

import java.time.Duration;
import java.util.Map;

/** Brokers forget the offsets of groups without members. */
final class Expiry {
    private static final String SETTING = "offsets.retention.minutes";
    private static final Duration DEFAULT = Duration.ofDays(7);

    private Expiry() {}

    static Duration of(Map<String, String> brokerConfigs) {
        String minutes = brokerConfigs.get(SETTING);
        return minutes == null ? DEFAULT : Duration.ofMinutes(Long.parseLong(minutes));
    }

    static String warning(Map<String, String> brokerConfigs) {
        Duration time = of(brokerConfigs);
        String words = time.toHours() >= 48 ? time.toDays() + " days" : time.toMinutes() + " minutes";
        return "brokers forget the offsets of a group without members " + words + " after the commit (" + SETTING
                + "): start the consumers before, or keep the offsets alive with --keep-alive";
    }
}
