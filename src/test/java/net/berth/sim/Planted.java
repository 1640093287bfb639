package net.berth.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A mistake that is put into the program's own source: some text is replaced, the file compiled, and the whole simulation
 * loaded once more with it.
 *
 * @param name what goes wrong
 * @param edits where and how
 * @param seed one that catches it, tried before any other; 0 if none is known
 */
record Planted(String name, List<Edit> edits, long seed) {

    /**
     * A replacement.
     *
     * @param file below the project
     * @param before a text that stands there once
     * @param after what takes its place
     */
    record Edit(String file, String before, String after) {
        private String mutated() throws IOException {
            String source = Files.readString(Path.of(file));
            int at = source.indexOf(before);
            if (at < 0 || source.indexOf(before, at + 1) >= 0) {
                throw new IllegalStateException("this must stand exactly once in " + file
                        + ", or the planted fault needs to be written anew: " + before);
            }
            return source.substring(0, at) + after + source.substring(at + before.length());
        }
    }

    static Planted of(String name, String file, String before, String after) {
        return of(name, new Edit(file, before, after));
    }

    static Planted of(String name, Edit... edits) {
        return new Planted(name, List.of(edits), 0);
    }

    /** The mistake with a seed that catches it. */
    Planted caughtBy(long known) {
        return new Planted(name, edits, known);
    }

    /** The simulation with the mistake in it. */
    @SuppressWarnings("unchecked")
    LongFunction<String> simulation() {
        try {
            Map<String, byte[]> classes = compiled();
            ClassLoader loader = new Loader(classes, Planted.class.getClassLoader());
            return (LongFunction<String>) loader.loadClass("net.berth.sim.OneSeed")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, byte[]> compiled() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> out = new TreeMap<>();
        List<JavaFileObject> sources = new ArrayList<>();
        for (Edit edit : edits) {
            sources.add(new Source(edit.file(), edit.mutated()));
        }
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaFileManager memory = new ForwardingJavaFileManager<JavaFileManager>(files) {
                @Override
                public JavaFileObject getJavaFileForOutput(
                        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    out.put(name, bytes);
                    return new Compiled(name, bytes);
                }
            };
            List<String> options = List.of("-proc:none", "-nowarn", "-classpath", classPath());
            if (!compiler.getTask(said, memory, null, options, null, sources).call()) {
                throw new IllegalStateException(name + " does not compile: " + said);
            }
        }
        Map<String, byte[]> classes = new TreeMap<>();
        out.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    /** Where the classes come from that the engine and the simulation are compiled with. */
    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> known : List.of(
                net.berth.engine.Engine.class,
                Planted.class,
                org.slf4j.Logger.class,
                org.jspecify.annotations.NullMarked.class,
                io.micrometer.core.instrument.MeterRegistry.class,
                com.github.benmanes.caffeine.cache.Caffeine.class)) {
            try {
                places.add(Path.of(known.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return String.join(java.io.File.pathSeparator, places);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }

    private static final class Compiled extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes;

        Compiled(String name, ByteArrayOutputStream bytes) {
            super(URI.create("mem:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.bytes = bytes;
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    /** Defines all of the program's classes anew, so that nothing is shared with the sound ones. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> mutated;

        Loader(Map<String, byte[]> mutated, ClassLoader parent) {
            super(parent);
            this.mutated = mutated;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("net.berth.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = mutated.get(name);
            if (bytes == null) {
                try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    if (in == null) {
                        throw new ClassNotFoundException(name);
                    }
                    bytes = in.readAllBytes();
                } catch (IOException unreadable) {
                    throw new ClassNotFoundException(name, unreadable);
                }
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
