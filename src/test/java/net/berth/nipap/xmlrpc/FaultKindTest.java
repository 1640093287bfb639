package net.berth.nipap.xmlrpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultKindTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1400 | Duplicate value for 'prefix', the value '0, 10.10.0.2' is already in use. | DUPLICATE
            1300 | no free prefix found | EXHAUSTED
            1300 | No matching VRF found. | NO_SUCH_VRF
            1300 | Parent prefix 7 can not be found | NOT_FOUND
            1200 | Prefix of type host must have a parent (covering) prefix of type assignment | NO_ASSIGNMENT
            1200 | Parent prefix (10.0.0.0/8) is of type reservation but must be of type 'assignment' | NO_ASSIGNMENT
            1200 | Invalid syntax for prefix (10.10.0.300) | BAD_REQUEST
            1000 | Unable to execute query: deadlock detected | DEADLOCK
            1000 | Backend unable to connect to database | DATABASE_DOWN
            1000 | Unable to execute query: server closed the connection unexpectedly | DATABASE_DOWN
            1000 | Unhandled data error. | BAD_REQUEST
            1100 | Search variable 'frob' unknown | BAD_REQUEST
            1110 | missing prefix or id of prefix | BAD_REQUEST
            1120 | extraneous attribute frob | BAD_REQUEST
            1130 | No such operator frob | BAD_REQUEST
            1500 | Missing authentication method | AUTH
            1510 | Incorrect username or password. | AUTH
            1520 | read-only user 'ro' is not authorized to run function 'add_prefix' | READ_ONLY
            1 | <class 'psycopg2.OperationalError'>:server closed the connection unexpectedly | DATABASE_DOWN
            1 | <class 'psycopg2.InterfaceError'>:cursor already closed | DATABASE_DOWN
            1 | <class 'IndexError'>:list index out of range | STALE_ID
            1 | <class 'Exception'>:method "frobnicate" is not supported | SERVER_ERROR
            4711 | news | SERVER_ERROR
            """)
    void eachFaultIsKnownForWhatItMeans(int code, String text, FaultKind kind) {
        assertThat(FaultKind.of(code, text)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"DEADLOCK,true", "DATABASE_DOWN,true", "DUPLICATE,false", "EXHAUSTED,false", "AUTH,false"})
    void onlyWhatPassesByItselfIsTriedAgain(FaultKind kind, boolean retryable) {
        assertThat(kind.retryable()).isEqualTo(retryable);
    }
}
