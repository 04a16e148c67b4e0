package facteur.mail.returned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What holds for anything that was read.
final class ReturnedChecks {
    private ReturnedChecks() {}

    static void check(ReturnedMail mail) {
        switch (mail) {
            case ReturnedMail.Report(var report) -> {
                assertThat(report.recipients()).hasSizeBetween(1, ReturnedMailReader.RECIPIENTS);
                report.recipients().forEach(ReturnedChecks::check);
                report.recipients().stream().limit(20).forEach(recipient -> checkLine(report.excerpt(recipient), Excerpt.CHARACTERS));
                checkLine(report.host(), 255);
                checkText(report.text());
            }
            case ReturnedMail.Read(var recipient, var disposition) -> {
                recipient.ifPresent(ReturnedChecks::checkAddress);
                checkLine(disposition, 40);
            }
            case ReturnedMail.Complaint(var recipients, var type) -> {
                checkAddresses(recipients);
                checkLine(type, 40);
            }
            case ReturnedMail.Unreadable(var recipients, var text, var _) -> {
                checkAddresses(recipients);
                checkText(text);
            }
            case ReturnedMail.Automatic ignored -> {}
            case ReturnedMail.Personal ignored -> {}
        }
    }

    private static void check(ReportedRecipient recipient) {
        assertThat(recipient.names()).isNotEmpty().allSatisfy(ReturnedChecks::checkAddress);
        assertThat(recipient.status()).matches("(?:[245]\\.\\d{1,3}\\.\\d{1,3})?");
        checkLine(recipient.diagnostic(), 1000);
        checkLine(recipient.host(), 255);
        assertThat(recipient.trouble()).isNotNull();
    }

    private static void checkAddresses(List<String> addresses) {
        assertThat(addresses).hasSizeLessThanOrEqualTo(ReturnedMailReader.RECIPIENTS).allSatisfy(ReturnedChecks::checkAddress);
    }

    private static void checkAddress(String address) {
        assertThat(address).isNotBlank();
        checkLine(address, 900);
    }

    private static void checkLine(String line, int characters) {
        assertThat(line).hasSizeLessThanOrEqualTo(characters).matches("\\P{Cntrl}*");
    }

    private static void checkText(String text) {
        assertThat(text).hasSizeLessThanOrEqualTo(ShownText.CHARACTERS).matches("[\n\\P{Cntrl}]*");
    }
}
