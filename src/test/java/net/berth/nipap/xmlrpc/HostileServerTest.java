package net.berth.nipap.xmlrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.engine.port.PeerException;
import net.berth.model.Prefix;
import net.berth.nipap.IpamFixture;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.xmlrpc.NipapException.Fault;
import net.berth.nipap.xmlrpc.NipapException.Garbled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server could put into an answer to reach more than its value. */
@Timeout(60)
class HostileServerTest {
    private static final long FLAT = 64L << 20;
    private static final String EXTENSIONS = "http://ws.apache.org/xmlrpc/namespaces/extensions";

    /** Counts how often it is deserialized. */
    private static final class Payload implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger READ = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            READ.incrementAndGet();
        }
    }

    private static String serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Payload());
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Throwable failure(String body) {
        try (CannedServer server = CannedServer.answering(body);
                NipapRpc rpc = new NipapRpc(Settings.of(server.url()))) {
            return catchThrowable(() -> rpc.call("list_prefix", Map.of()));
        }
    }

    private static String answer(String value) {
        return "<?xml version='1.0'?><methodResponse><params><param><value>" + value
                + "</value></param></params></methodResponse>";
    }

    private static String fault(String members) {
        return "<?xml version='1.0'?><methodResponse><fault><value><struct>" + members
                + "</struct></value></fault></methodResponse>";
    }

    private static String member(String name, String value) {
        return "<member><name>" + name + "</name><value>" + value + "</value></member>";
    }

    /** CVE-2019-17570. */
    @Test
    void theCauseOfAFaultIsNotDeserialized() throws IOException {
        String code = member("faultCode", "<int>1000</int>") + member("faultString", "<string>x</string>");
        String cause = member("faultCause", "<base64>" + serialized() + "</base64>");
        assertThat(failure(fault(code + cause))).isInstanceOf(Garbled.class).hasMessageContaining("base64");
        assertThat(Payload.READ).hasValue(0);
    }

    @Test
    void theCauseOfAFaultIsDroppedInAnyForm() {
        String code = member("faultCode", "<int>1000</int>") + member("faultString", "<string>x</string>");
        Throwable failure = failure(fault(code + member("faultCause", "<string>rO0AB</string>")));
        assertThat(failure).isInstanceOf(Fault.class).hasNoCause();
    }

    /** CVE-2016-5003. */
    @Test
    void aSerializedObjectIsNotDeserialized() throws IOException {
        String value = "<ex:serializable xmlns:ex='" + EXTENSIONS + "'>" + serialized() + "</ex:serializable>";
        assertThat(failure(answer(value))).isInstanceOf(Garbled.class).hasMessageContaining("serializable");
        assertThat(Payload.READ).hasValue(0);
    }

    /** CVE-2016-5002. */
    @Test
    void anExternalDocumentTypeIsNotFetched() {
        try (CannedServer other = CannedServer.answering("<!ELEMENT x ANY>")) {
            String body = "<?xml version='1.0'?><!DOCTYPE methodResponse SYSTEM '" + other.url() + "'>"
                    + answer("<int>1</int>").substring("<?xml version='1.0'?>".length());
            assertThat(failure(body)).isInstanceOf(Garbled.class).hasMessageContaining("DOCTYPE");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void anExternalEntityIsNotFetched() {
        try (CannedServer other = CannedServer.answering("secret")) {
            String body = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM '" + other.url() + "'>]>"
                    + "<methodResponse><params><param><value>&e;</value></param></params></methodResponse>";
            assertThat(failure(body)).isInstanceOf(Garbled.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void internalEntitiesAreNotExpanded() {
        String body = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e 'text'>]>"
                + "<methodResponse><params><param><value>&e;</value></param></params></methodResponse>";
        assertThat(failure(body)).isInstanceOf(Garbled.class).hasMessageContaining("DOCTYPE");
    }

    /** Expanded it would have 10 to the 9th letters. */
    @Test
    void entitiesOfEntitiesAreNotExpanded() {
        StringBuilder body = new StringBuilder("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e0 'x'>");
        for (int i = 1; i < 10; i++) {
            body.append("<!ENTITY e")
                    .append(i)
                    .append(" '")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        body.append("]><methodResponse><params><param><value>&e9;</value></param></params></methodResponse>");
        long allocated = allocated(() ->
                assertThat(failure(body.toString())).isInstanceOf(Garbled.class).hasMessageContaining("DOCTYPE"));
        assertThat(allocated).isLessThan(FLAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<value><struct/></value>", "<value/>", "<value><array><data/></array></value>"})
    void anArrayWithoutEndIsCutOff(String item) {
        String body = answer("<array><data>" + item.repeat(PlainTypes.MOST_ELEMENTS) + "</data></array>");
        long allocated = allocated(
                () -> assertThat(failure(body)).isInstanceOf(Garbled.class).hasMessageContaining("elements"));
        assertThat(allocated).isLessThan(FLAT + body.length() * 8L);
    }

    @Test
    void aListOfRowsWithoutEndOfWhatAreNoRowsIsCutOff() {
        String body = answer("<struct>"
                + member("result", "<array><data>" + "<value/>".repeat(PlainTypes.MOST_ELEMENTS) + "</data></array>")
                + "</struct>");
        try (CannedServer server = CannedServer.answering(body);
                NipapIpam ipam = IpamFixture.ipam(server.url(), "default")) {
            assertThat(catchThrowable(() -> ipam.rowsIn(Prefix.parse(IpamFixture.LAN))))
                    .isInstanceOfSatisfying(PeerException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(PeerException.Kind.GARBLED));
        }
    }

    /** What all threads took from the heap meanwhile; the parser runs on one of its own. */
    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getTotalThreadAllocatedBytes();
        work.run();
        return threads.getTotalThreadAllocatedBytes() - before;
    }

    @Test
    void deepNestingEndsEarlyAndInOneKnownException() {
        String body = answer("<array><data><value>".repeat(50_000) + "</value></data></array>".repeat(50_000));
        assertThat(failure(body)).isInstanceOf(Garbled.class).hasMessageContaining("nested deeper");
    }

    static List<String> malformedFaults() {
        String code = member("faultCode", "<int>1000</int>");
        String text = member("faultString", "<string>x</string>");
        return List.of(
                fault(""),
                fault(code),
                fault(text),
                fault(member("faultCode", "<string>1000</string>") + text),
                fault(code + member("faultString", "<int>1</int>")),
                fault(code + member("faultString", "<nil/>")),
                fault(code + text).replace("<struct>", "<array><data>").replace("</struct>", "</data></array>"),
                "<methodResponse><fault><value><string>no</string></value></fault></methodResponse>",
                "<methodResponse><fault><value><nil/></value></fault></methodResponse>",
                "<methodResponse><fault></fault></methodResponse>");
    }

    @ParameterizedTest
    @MethodSource("malformedFaults")
    void aMalformedFaultIsGarbled(String body) {
        assertThat(failure(body)).isInstanceOf(Garbled.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML at all",
                "<html><body>Log in</body></html>",
                "<methodResponse/>",
                "<methodResponse><params/></methodResponse>",
                "<methodResponse><params><param/></params></methodResponse>",
                "<methodResponse><params><param><value><int>1</int></value>",
                "<methodResponse><params><param><value><int>1</int></value></param>"
                        + "<param><value><int>2</int></value></param></params></methodResponse>",
                "<methodCall><methodName>x</methodName></methodCall>",
            })
    void whatIsNoAnswerIsGarbled(String body) {
        assertThat(failure(body)).isInstanceOf(Garbled.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<base64>AAAA</base64>",
                "<double>1.5</double>",
                "<i8>1</i8>",
                "<int>x</int>",
                "<int>99999999999</int>",
                "<boolean>7</boolean>",
                "<ex:nil xmlns:ex='" + EXTENSIONS + "'/>",
                "<ex:dom xmlns:ex='" + EXTENSIONS + "'><a/></ex:dom>",
                "<struct><value><int>1</int></value></struct>",
            })
    void typesThatNipapDoesNotSpeakAreRefused(String value) {
        assertThat(failure(answer(value))).isInstanceOf(Garbled.class);
    }
}
