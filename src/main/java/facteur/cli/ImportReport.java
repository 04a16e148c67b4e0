package facteur.cli;

import facteur.office.OfficeId;
import facteur.platform.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an import prints.
record ImportReport(Invocation invocation, boolean isJson) {
    /// Of a dry run.
    void print(List<ImportedOffice> plans, Collection<OfficeId> refused) {
        if (isJson) {
            print(Map.of("dryRun", true), plans.stream().map(ImportedOffice::members).toList(), refused, List.of());
            return;
        }
        var out = invocation.out();
        out.println("nothing was changed");
        plans.forEach(plan -> {
            out.println(plan);
            plan.difference().forEach(out::println);
        });
        printRefused(refused);
    }

    /// @param left offices that the folder doesn't have
    void printDone(List<OfficeImport.Outcome.Done> done, Collection<OfficeId> refused, List<OfficeId> left) {
        if (isJson) {
            print(Map.of("dryRun", false), done.stream().map(ImportReport::members).toList(), refused, left);
            return;
        }
        done.forEach(each -> invocation.out().println(each.office() + ", version " + each.version()));
        left.forEach(id -> invocation.out().println(id + "  not in the folder: left as it is"));
        printRefused(refused);
    }

    private void printRefused(Collection<OfficeId> refused) {
        refused.forEach(id -> invocation.err().println("facteur: " + id + " is left out"));
    }

    private static Map<String, Object> members(OfficeImport.Outcome.Done done) {
        var members = done.office().members();
        members.put("version", done.version());
        return members;
    }

    private void print(Map<String, Object> first, List<Map<String, Object>> offices, Collection<OfficeId> refused, List<OfficeId> left) {
        var members = new LinkedHashMap<>(first);
        members.put("offices", offices);
        members.put("refused", refused);
        members.put("left", left);
        invocation.out().println(Json.of(members));
    }
}
