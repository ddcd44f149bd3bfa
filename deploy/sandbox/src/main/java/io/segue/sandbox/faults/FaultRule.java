package io.segue.sandbox.faults;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fault and the requests it happens to.
 *
 * @param method the HTTP method in capitals; empty for any
 * @param key a regular expression to be found somewhere in the object's key; requests about a bucket, listings among
 *     them, have the key {@code ""}
 */
public record FaultRule(Optional<String> method, Pattern key, Trigger trigger, Fault fault) {
    /** The fault, for every request. */
    public static FaultRule always(Fault fault) {
        return new FaultRule(Optional.empty(), Pattern.compile(""), new Trigger.Always(), fault);
    }

    public FaultRule onMethod(String name) {
        return new FaultRule(Optional.of(name.toUpperCase(Locale.ROOT)), key, trigger, fault);
    }

    public FaultRule onKey(String regex) {
        return new FaultRule(method, Pattern.compile(regex), trigger, fault);
    }

    public FaultRule when(Trigger other) {
        return new FaultRule(method, key, other, fault);
    }

    boolean matches(String requestMethod, String requestKey) {
        return method.map(requestMethod::equals).orElse(true)
                && key.matcher(requestKey).find();
    }
}
