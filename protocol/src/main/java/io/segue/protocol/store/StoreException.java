package io.segue.protocol.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failure of the object store, classified once, where it happened. The message names the key and the store. */
public abstract sealed class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Names the key and the store, and says what to check where a person has to act. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** True if the same call may succeed later. */
    public abstract boolean retryable();

    /** No object has this key. */
    public static final class NotFound extends StoreException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** The key is not one that this store accepts. */
    public static final class BadKey extends StoreException {
        private static final long serialVersionUID = 1L;

        public BadKey(String message) {
            super(message, null);
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** What should say where a store is does not: a URL, a bucket, an endpoint, a set of credentials. */
    public static final class BadLocation extends StoreException {
        private static final long serialVersionUID = 1L;

        public BadLocation(String message) {
            this(message, null);
        }

        public BadLocation(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** More than the caller's limit. */
    public static final class TooLarge extends StoreException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String message) {
            super(message, null);
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** Credentials, permissions, a missing bucket, a full disk: a person has to act. */
    public static final class Refused extends StoreException {
        private static final long serialVersionUID = 1L;

        public Refused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** Throttling, a broken connection, a time-out: worth another try. */
    public static final class Unavailable extends StoreException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }
}
