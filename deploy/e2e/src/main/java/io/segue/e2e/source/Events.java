package io.segue.e2e.source;

import io.segue.e2e.source.TopicSpec.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The business that the records tell of. Pure: the same number gives the same record. */
final class Events {
    private static final int CUSTOMERS = 2_000;
    private static final List<String> GOODS = List.of(
            "espresso machine", "desk lamp", "rain jacket", "fountain pen", "bicycle bell", "tea kettle", "Füllfeder");
    private static final List<String> STREETS =
            List.of("Harbour Road", "Mill Lane", "Rue de la Gare", "Lindenstraße", "Calle Mayor", "Via Roma");

    private final TopicSpec topic;
    private final Period period;

    Events(TopicSpec topic, Period period) {
        this.topic = topic;
        this.period = period;
    }

    /** @param number 0 to the number of records of the topic - 1 */
    ProducerRecord<byte[], byte[]> event(int number) {
        SplittableRandom random =
                new SplittableRandom(31L * number + topic.name().hashCode());
        // some come late, as they do
        long late = random.nextInt(20) == 0 ? random.nextInt(5_000) : 0;
        long timestamp = period.begin() + number * period.span().toMillis() / topic.records() - late;
        return new ProducerRecord<>(
                topic.name(), null, timestamp, key(number, random), value(number, timestamp, random), headers(number));
    }

    private byte @Nullable [] key(int number, SplittableRandom random) {
        return switch (topic.kind()) {
            case ORDERS -> utf8("order-" + number / 3);
            case PAYMENTS -> number % 7 == 0 ? null : utf8("payment-" + number);
            case LEDGER -> utf8("account-" + random.nextInt(500));
            case CUSTOMERS -> utf8("customer-" + random.nextInt(CUSTOMERS));
        };
    }

    private byte @Nullable [] value(int number, long timestamp, SplittableRandom random) {
        boolean erased = (topic.kind() == Kind.ORDERS && number % 97 == 96)
                || (topic.kind() == Kind.CUSTOMERS && number % 11 == 10);
        if (erased) {
            return null;
        }
        String at = Instant.ofEpochMilli(timestamp).toString();
        return utf8(
                switch (topic.kind()) {
                    case ORDERS -> order(number, at, random);
                    case PAYMENTS -> payment(number, at, random);
                    case LEDGER ->
                        "{\"entry\":" + number + ",\"booked\":\"" + at + "\",\"amount\":" + amount(random)
                                + ",\"text\":\"" + words(12, random) + "\"}";
                    case CUSTOMERS ->
                        "{\"revision\":" + number + ",\"changed\":\"" + at + "\"," + address(random) + ",\"notes\":\""
                                + words(20, random) + "\"}";
                });
    }

    private static String order(int number, String at, SplittableRandom random) {
        StringBuilder json = new StringBuilder(900);
        json.append("{\"order\":").append(number / 3).append(",\"step\":").append(number % 3);
        json.append(",\"customer\":\"customer-")
                .append(random.nextInt(CUSTOMERS))
                .append("\",\"placed\":\"");
        json.append(at).append("\",\"items\":[");
        int items = 1 + random.nextInt(5);
        for (int i = 0; i < items; i++) {
            json.append(i == 0 ? "" : ",").append("{\"sku\":\"").append(Long.toHexString(random.nextLong()));
            json.append("\",\"name\":\"").append(pick(GOODS, random));
            json.append("\",\"price\":").append(amount(random)).append("}");
        }
        return json.append("],")
                .append(address(random))
                .append(",\"message\":\"")
                .append(words(30, random))
                .append("\"}")
                .toString();
    }

    private static String payment(int number, String at, SplittableRandom random) {
        return "{\"payment\":" + number + ",\"order\":\"order-" + random.nextInt(100_000) + "\",\"at\":\"" + at
                + "\",\"amount\":" + amount(random) + ",\"currency\":\"EUR\",\"token\":\""
                + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()) + "\"," + address(random)
                + ",\"reference\":\"" + words(25, random) + "\"}";
    }

    private static String address(SplittableRandom random) {
        return "\"address\":{\"street\":\"" + pick(STREETS, random) + " " + random.nextInt(200) + "\",\"postcode\":\""
                + (10_000 + random.nextInt(89_999)) + "\"}";
    }

    private static String amount(SplittableRandom random) {
        return String.format(Locale.ROOT, "%d.%02d", random.nextInt(2_000), random.nextInt(100));
    }

    private static String words(int count, SplittableRandom random) {
        StringBuilder text = new StringBuilder(count * 9);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36));
        }
        return text.toString();
    }

    /** The odd ones too: a name twice, no value, an empty value. */
    private static List<Header> headers(int number) {
        Header trace = new RecordHeader("trace-id", utf8(Long.toHexString(0x9E3779B97F4A7C15L * number)));
        return switch (number % 10) {
            case 0 -> List.of();
            case 1 -> List.of(trace, new RecordHeader("hop", utf8("gateway")), new RecordHeader("hop", utf8("broker")));
            case 2 -> List.of(new RecordHeader("no-value", (byte[]) null), trace);
            case 3 -> List.of(trace, new RecordHeader("empty", new byte[0]));
            default -> List.of(trace);
        };
    }

    private static String pick(List<String> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
