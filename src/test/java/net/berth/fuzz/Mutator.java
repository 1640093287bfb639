package net.berth.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Makes an input out of others. The same seed makes the same inputs. */
final class Mutator {
    private static final int LONGEST = 1 << 18;
    private static final List<byte[]> NASTY = Stream.of(
                    "",
                    "\0",
                    "\r\n",
                    "\n",
                    "\t",
                    " ",
                    "'",
                    "\"",
                    "\\",
                    "%00",
                    "%2f",
                    "..",
                    "//",
                    "$(id)",
                    "`id`",
                    ";",
                    "&&",
                    "|",
                    "${x}",
                    "{{",
                    "<!--",
                    "<![CDATA[",
                    "&e;",
                    "<!DOCTYPE a>",
                    "\u001b[2J",
                    "\u202e",
                    "\u2028",
                    "\u0085",
                    "\ufeff",
                    "\u00e4",
                    "\u212a",
                    "\ufb00",
                    "\ud83d\ude80",
                    "-1",
                    "0",
                    "00",
                    "4294967296",
                    "2147483648",
                    "-2147483649",
                    "99999999999999999999999999",
                    "1e999999999",
                    "NaN",
                    "true",
                    "null",
                    "1.5",
                    "256.256.256.256",
                    "0.0.0.0/0",
                    "::1",
                    "fe80::1%eth0",
                    "255.255.255.255/33",
                    "FF:FF:FF:FF:FF:FF",
                    "2026-02-31",
                    "9999/99/99 99:99:99",
                    "infinite",
                    "PT1S",
                    "999999999999d",
                    "*a",
                    "&a",
                    "!!java.net.URL",
                    "? ",
                    "- ",
                    ": ",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    "=")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final SplittableRandom random;
    private final List<byte[]> words;

    Mutator(long seed, List<byte[]> words) {
        this.random = new SplittableRandom(seed);
        this.words = words;
    }

    /** One of the inputs, changed in one to eight places. */
    byte[] next(List<byte[]> inputs) {
        byte[] input = pick(inputs);
        int changes = 1 << random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            input = change(input, inputs);
        }
        return input.length <= LONGEST ? input : Arrays.copyOf(input, LONGEST);
    }

    private byte[] change(byte[] input, List<byte[]> inputs) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(64, input.length - from) + 1);
        return switch (random.nextInt(11)) {
            case 0 -> replaced(input, from, from, new byte[] {(byte) random.nextInt(256)});
            case 1 -> flipped(input);
            case 2 -> replaced(input, from, to, new byte[0]);
            case 3 -> replaced(input, from, to, pick(NASTY));
            case 4 -> replaced(input, from, from, pick(NASTY));
            case 5 -> replaced(input, from, to, pick(words));
            case 6 -> replaced(input, from, from, pick(words));
            case 7 -> replaced(input, from, from, repeated(Arrays.copyOfRange(input, from, to)));
            case 8 -> replaced(input, from, input.length, tail(pick(inputs)));
            case 9 -> number(input, from);
            default -> Arrays.copyOf(input, from);
        };
    }

    private byte[] flipped(byte[] input) {
        if (input.length == 0) {
            return input;
        }
        byte[] copy = input.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    /** Seldom very often: for what grows with the depth or the square of its input. */
    private byte[] repeated(byte[] part) {
        int times = random.nextInt(20) == 0 ? 4000 : 1 + random.nextInt(40);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times && all.size() < LONGEST; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] tail(byte[] other) {
        return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
    }

    /** The next number of the input becomes another. */
    private byte[] number(byte[] input, int from) {
        int start = from;
        while (start < input.length && !digit(input[start])) {
            start++;
        }
        int end = start;
        while (end < input.length && digit(input[end])) {
            end++;
        }
        String other = random.nextBoolean()
                ? Long.toString(random.nextLong(-2, 300))
                : Long.toString(random.nextLong() >> random.nextInt(64));
        return replaced(input, start, end, other.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean digit(byte at) {
        return at >= '0' && at <= '9';
    }

    private byte[] pick(List<byte[]> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(input, 0, from);
        all.writeBytes(by);
        all.write(input, to, input.length - to);
        return all.toByteArray();
    }
}
