package io.segue.sandbox.faults;

/** What S3 sends with an error status. */
final class ErrorDocument {
    private ErrorDocument() {}

    static String of(int status, String message) {
        String text = message.replace("&", "&amp;").replace("<", "&lt;");
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code(status) + "</Code><Message>" + text
                + "</Message></Error>";
    }

    private static String code(int status) {
        return switch (status) {
            case 403 -> "AccessDenied";
            case 404 -> "NoSuchKey";
            case 412 -> "PreconditionFailed";
            case 503 -> "SlowDown";
            default -> status >= 500 ? "InternalError" : "InvalidRequest";
        };
    }
}
