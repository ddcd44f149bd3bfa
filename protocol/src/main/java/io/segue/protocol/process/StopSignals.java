package io.segue.protocol.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGTERM and SIGINT as requests to a process that runs until it is told to end. The JVM itself hears only the first of
 * them, so that this goes to {@code sun.misc.Signal}, which {@code jdk.unsupported} exports; by reflection, because the
 * compiler's warning of it cannot be silenced.
 */
public final class StopSignals {
    private static final List<String> NAMES = List.of("TERM", "INT");

    private StopSignals() {}

    /**
     * From now on the first signal calls {@code first}, every later one {@code again}, on a thread of the JVM.
     *
     * @throws IllegalStateException if this JVM leaves signals to the operating system ({@code -Xrs})
     */
    public static void handle(Runnable first, Runnable again) {
        AtomicBoolean asked = new AtomicBoolean();
        Runnable handler = () -> (asked.compareAndSet(false, true) ? first : again).run();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    handler.run();
                }
                return null;
            };
            Object proxy =
                    Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {type}, invocation);
            for (String name : NAMES) {
                signal.getMethod("handle", signal, type)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not hand signals over; start it without -Xrs", e);
        }
    }
}
