package net.berth.lab.nipap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** XML-RPC as Python's xmlrpc.client reads and writes it, by a reader of its own: not by the client under test. */
public final class Wire {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss");

    private Wire() {}

    /** A method call as it came. */
    public record Call(String method, List<Object> params) {}

    /** Reads a methodCall. */
    public static Call readCall(byte[] body) {
        Element root = parse(body);
        List<Object> params = new ArrayList<>();
        NodeList values = root.getElementsByTagName("param");
        for (int i = 0; i < values.getLength(); i++) {
            params.add(value(only((Element) values.item(i))));
        }
        return new Call(root.getElementsByTagName("methodName").item(0).getTextContent(), params);
    }

    /** Reads the value, or the fault struct, of a methodResponse. */
    public static Object readAnswer(byte[] body) {
        return value((Element) parse(body).getElementsByTagName("value").item(0));
    }

    private static Element parse(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
        } catch (SAXException | IOException e) {
            // What nipapd says of a form-encoded body, of half surrogates and of control characters.
            throw Fault.python("xml.parsers.expat.ExpatError", "no element found: line 1, column 0");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Element value) {
        Element typed = only(value);
        if (typed == null) {
            return value.getTextContent();
        }
        String text = typed.getTextContent();
        return switch (typed.getTagName()) {
            case "string" -> text;
            case "int", "i4" -> Integer.valueOf(text.strip());
            case "boolean" -> text.strip().equals("1");
            case "nil" -> null;
            case "dateTime.iso8601" -> LocalDateTime.parse(text.strip(), DATE);
            case "array" -> children(only(typed)).stream().map(Wire::value).toList();
            case "struct" -> struct(typed);
            default -> throw Fault.python("xmlrpc.client.ResponseError", "ResponseError()");
        };
    }

    private static Map<String, Object> struct(Element typed) {
        Map<String, Object> struct = new LinkedHashMap<>();
        for (Element member : children(typed)) {
            List<Element> parts = children(member);
            struct.put(parts.get(0).getTextContent(), value(parts.get(1)));
        }
        return struct;
    }

    private static Element only(Element parent) {
        List<Element> all = children(parent);
        return all.isEmpty() ? null : all.getFirst();
    }

    private static List<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    /** Writes an answer. */
    public static String answer(Object value) {
        StringBuilder out = new StringBuilder("<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n");
        write(out, value);
        return out.append("</param>\n</params>\n</methodResponse>\n").toString();
    }

    /** Writes a fault. */
    static String fault(int code, String text) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("faultCode", code);
        members.put("faultString", text);
        StringBuilder out = new StringBuilder("<?xml version='1.0'?>\n<methodResponse>\n<fault>\n");
        write(out, members);
        return out.append("</fault>\n</methodResponse>\n").toString();
    }

    private static void write(StringBuilder out, Object value) {
        out.append("<value>");
        switch (value) {
            case null -> out.append("<nil/>");
            case String text -> out.append("<string>").append(escaped(text)).append("</string>");
            case Integer number -> out.append("<int>").append(number).append("</int>");
            case Boolean flag -> out.append("<boolean>").append(flag ? 1 : 0).append("</boolean>");
            case LocalDateTime time ->
                out.append("<dateTime.iso8601>").append(DATE.format(time)).append("</dateTime.iso8601>");
            case List<?> list -> {
                out.append("<array><data>\n");
                list.forEach(item -> write(out, item));
                out.append("</data></array>");
            }
            case Map<?, ?> map -> {
                out.append("<struct>\n");
                map.forEach((name, member) -> {
                    out.append("<member>\n<name>")
                            .append(escaped((String) name))
                            .append("</name>\n");
                    write(out, member);
                    out.append("</member>\n");
                });
                out.append("</struct>");
            }
            default -> throw new IllegalArgumentException("no XML-RPC type for " + value.getClass());
        }
        // Python writes no line break behind a nil.
        out.append(value == null ? "</value>" : "</value>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
