import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Says of each file on the command line, against the flavour that comes first (2b, ua1), whether veraPDF finds it conforming, and if not by which clauses. */
public class VeraPdfCheck {
    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var flavour = PDFAFlavour.fromString(words[0]);
        for (int i = 1; i < words.length; i++) {
            try (var file = new FileInputStream(words[i]);
                 var parser = Foundries.defaultInstance().createParser(file, flavour);
                 var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                var result = validator.validate(parser);
                var faults = new TreeSet<String>();
                for (var one : result.getTestAssertions())
                    if (one.getStatus() == TestAssertion.Status.FAILED) faults.add(one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber() + " " + one.getMessage());
                System.out.println(result.isCompliant() ? "PASS" : "FAIL " + String.join(" | ", faults));
            }
        }
        System.exit(0);
    }
}
