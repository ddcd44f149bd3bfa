package io.segue.sandbox.faults;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/**
 * Rules as JSON. {@code fault} names the kind: {@code error} (with {@code status}), {@code delay} ({@code millis}),
 * {@code bandwidth} ({@code bytesPerSecond}), {@code cut} and {@code stall} ({@code side}: request or response,
 * {@code bytes}), {@code truncate} ({@code bytes}), {@code corrupt} ({@code bytes}: the position). Optional:
 * {@code method}, {@code key}, and one of {@code every}, {@code first}, {@code probability} (with {@code seed}).
 */
final class FaultJson {
    private static final Set<String> KNOWN = Set.of(
            "fault",
            "status",
            "millis",
            "bytesPerSecond",
            "side",
            "bytes",
            "method",
            "key",
            "every",
            "first",
            "probability",
            "seed");

    private FaultJson() {}

    /** Reads a rule; what is wrong with it is an {@link IllegalArgumentException}. */
    static FaultRule read(JsonObject json) {
        for (String name : json.fieldNames()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("unknown field " + name + "; known are " + KNOWN);
            }
        }
        FaultRule rule = FaultRule.always(fault(json)).when(trigger(json)).onKey(json.getString("key", ""));
        String method = json.getString("method");
        return method == null ? rule : rule.onMethod(method);
    }

    private static Fault fault(JsonObject json) {
        String kind = json.getString("fault", "");
        return switch (kind) {
            case "error" -> new Fault.ErrorAnswer((int) number(json, "status"));
            case "delay" -> new Fault.Delay(Duration.ofMillis(number(json, "millis")));
            case "bandwidth" -> new Fault.Bandwidth(number(json, "bytesPerSecond"));
            case "cut" -> new Fault.Cut(side(json), number(json, "bytes"));
            case "stall" -> new Fault.Stall(side(json), number(json, "bytes"));
            case "truncate" -> new Fault.Truncate(number(json, "bytes"));
            case "corrupt" -> new Fault.Corrupt(number(json, "bytes"));
            default ->
                throw new IllegalArgumentException("unknown fault \"" + kind
                        + "\"; known are error, delay, bandwidth, cut, stall, truncate, corrupt");
        };
    }

    private static Trigger trigger(JsonObject json) {
        if (json.containsKey("every")) {
            return new Trigger.EveryNth((int) number(json, "every"));
        } else if (json.containsKey("first")) {
            return new Trigger.First((int) number(json, "first"));
        } else if (json.containsKey("probability")) {
            return new Trigger.Probability(json.getDouble("probability"), json.getLong("seed", 0L));
        }
        return new Trigger.Always();
    }

    private static Fault.Side side(JsonObject json) {
        String side = json.getString("side", "response");
        return switch (side) {
            case "request" -> Fault.Side.REQUEST;
            case "response" -> Fault.Side.RESPONSE;
            default -> throw new IllegalArgumentException("side is request or response, not " + side);
        };
    }

    private static long number(JsonObject json, String name) {
        if (json.getValue(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("the fault " + json.getString("fault") + " needs a number " + name);
    }

    /** One rule in force, for reading: its kind, what it matches, how often it has fired. */
    static JsonObject write(int id, InjectedFault injected) {
        FaultRule rule = injected.rule();
        return new JsonObject()
                .put("id", id)
                .put("fault", rule.fault().toString())
                .put("trigger", rule.trigger().toString())
                .put("method", rule.method().orElse("any"))
                .put("key", rule.key().pattern())
                .put("fired", injected.fired());
    }
}
