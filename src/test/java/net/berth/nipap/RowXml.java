package net.berth.nipap;

/** Answers of nipapd as XML, for what the lab's NIPAP would not send. */
final class RowXml {
    static final String VRFS = response("<array><data><value><struct>" + member("id", "<int>0</int>")
            + member("name", text("default")) + "</struct></value></data></array>");

    private RowXml() {}

    static String row(int host, String description) {
        return "<value><struct>" + member("id", "<int>" + host + "</int>")
                + member("prefix", text("192.168.1." + host + "/32")) + member("type", text("host"))
                + member("status", text("assigned")) + member("description", text(description))
                + member("tags", "<array><data></data></array>") + member("avps", "<struct></struct>")
                + "</struct></value>\n";
    }

    /** Of a search. */
    static String answer(String rows) {
        return response("<struct>" + member("result", "<array><data>" + rows + "</data></array>") + "</struct>");
    }

    private static String member(String name, String value) {
        return "<member>\n<name>" + name + "</name>\n<value>" + value + "</value>\n</member>\n";
    }

    private static String text(String text) {
        return "<string>" + text + "</string>";
    }

    private static String response(String value) {
        return "<?xml version='1.0'?>\n<methodResponse><params><param><value>" + value
                + "</value></param></params></methodResponse>";
    }
}
