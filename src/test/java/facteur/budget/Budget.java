package facteur.budget;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// What a letter may cost, thing by thing: so much, give or take [#SLACK], or what the line `<name>.slack` says.
///
/// What has become cheaper is a finding, too. A budget that is far above the cost is none: the next change could waste all
/// that this one has saved, unnoticed. A line in the log of a build is not enough, since those are not read
/// of a build that passes.
///
/// Immutable.
record Budget(Map<String, Double> figures) {
    static final Path FILE = Path.of("src", "test", "resources", "budget.properties");
    static final double SLACK = 0.15;

    Budget {
        figures = Map.copyOf(figures);
    }

    static Budget read() throws IOException {
        return of(Files.readString(FILE));
    }

    static Budget of(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        var figures = new TreeMap<String, Double>();
        properties.stringPropertyNames().forEach(name -> figures.put(name, Double.valueOf(properties.getProperty(name))));
        return new Budget(figures);
    }

    /// What there is to say against a letter that costs so much; empty when it keeps to the budget.
    List<String> findings(Map<String, Double> costs) {
        var findings = new ArrayList<String>();
        new TreeMap<>(costs).forEach((name, cost) -> {
            var figure = figure(name);
            var slack = figures.getOrDefault(name + ".slack", figure * SLACK);
            if (cost > figure + slack) {
                findings.add("DEARER: " + line(name, cost) + ". If it has to be: " + entry(name, cost));
            } else if (cost < figure - slack) {
                findings.add("CHEAPER: " + line(name, cost) + ". Keep it so: " + entry(name, cost));
            }
        });
        return findings;
    }

    /// `syncs: 2.02 a letter, budget 2.00 (+1.0 %)`.
    String line(String name, double cost) {
        var figure = figure(name);
        return String.format(Locale.ROOT, "%s: %,.2f a letter, budget %,.2f (%+.1f %%)", name, cost, figure, 100 * (cost / figure - 1));
    }

    private double figure(String name) {
        var figure = figures.get(name);
        if (figure == null) {
            throw new IllegalStateException(FILE + " says nothing of " + name);
        }
        return figure;
    }

    private static String entry(String name, double cost) {
        return String.format(Locale.ROOT, "write %s=%.2f in %s", name, cost, FILE);
    }
}
