package io.segue.protocol.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which addresses a process of a fleet may listen on: those that the internet does not reach by themselves. */
public final class PrivateAddress {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

    private PrivateAddress() {}

    /** What speaks against a host, as far as that can be said without asking a name server; empty if nothing. */
    static Optional<String> complaint(String host) {
        if (!LITERAL.matcher(host).matches()) {
            return host.isBlank() || host.contains("/") ? Optional.of("is not a host") : Optional.empty();
        }
        try {
            return complaint(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.of("is not an address");
        }
    }

    /** What speaks against an address; empty if nothing. */
    public static Optional<String> complaint(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return Optional.of("means every interface of this machine, public ones too");
        }
        boolean inside = address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || sharedOrUniqueLocal(address);
        return inside ? Optional.empty() : Optional.of("is a public address");
    }

    /** 100.64.0.0/10, which container networks use, and fc00::/7. */
    private static boolean sharedOrUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? (bytes[0] & 0xfe) == 0xfc
                : (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    }
}
