package facteur.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

final class InvoiceMailIT {
    @RegisterExtension
    static final FacteurExtension facteur = FacteurExtension.create()
            .office("dupont", Office.of("Cabinet Dupont <office@dupont.example>")
                    .context("invoice", "responsible")
                    .relation("R-1042", "responsible", "An Peeters <an@dupont.example>"));

    @Test
    void repliesToAnInvoiceGoToWhoeverIsResponsible() {
        // What your app does:
        MailerBuilder.withSMTPServer(facteur.host(), facteur.port()).trustingAllHosts(false).buildMailer()
                .sendMail(EmailBuilder.startingBlank()
                        .from("Jan Janssens", "jan@dupont.example").to("client@example.com").withSubject("Your invoice")
                        .withHeader("X-Context", "invoice").withHeader("X-Relation-Id", "R-1042")
                        .withPlainText("Good day!").buildEmail())
                .join();

        var letter = facteur.awaitLetters(1).getFirst();
        assertEquals("Cabinet Dupont <inbox@shared.example>", letter.from());
        assertEquals("An Peeters <an@dupont.example>", letter.replyTo());
        assertEquals("context.role", facteur.decision(letter.queueId()).replyToRule());
    }
}
