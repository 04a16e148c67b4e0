package facteur.bench;

/// A letter as an accounting suite sends it: a header of 2 KB in all, and a short text.
final class SampleLetter {
    static final String HEADER = """
            Received: from billing.dupont.example (billing.dupont.example [192.0.2.17])
            \tby mail.dupont.example with ESMTPS id 4XyZ12AbCd3EfGh
            \t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384);
            \tMon, 23 Nov 2026 08:14:31 +0000
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=dupont.example;
            \ts=app2026; t=1795421671; h=from:to:cc:subject:date:message-id:mime-version
            \t:content-type; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;
            \tb=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v
            \tYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6
            \tcXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v
            Return-Path: <billing@dupont.example>
            Date: Mon, 23 Nov 2026 09:14:31 +0100
            From: =?UTF-8?Q?Jan_Janssens_=28Cabinet_Dupont=29?= <jan@dupont.example>
            Sender: Billing <billing@dupont.example>
            Reply-To: Billing <billing@dupont.example>
            To: "Bakkerij De Gouden Aar BV" <boekhouding@degoudenaar.example>,
             Marie Lambert <marie.lambert@degoudenaar.example>
            Cc: =?UTF-8?B?Wm/DqyBEJ0hvbmR0?= <zoe@degoudenaar.example>
            Message-ID: <1795421671.4711.20261123091431@billing.dupont.example>
            Subject: =?UTF-8?Q?Factuur_2026-1187_van_Cabinet_Dupont_=E2=80=93_te?=
             =?UTF-8?Q?_betalen_v=C3=B3=C3=B3r_23_december?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="----=_Part_1187_462013.1795421671"
            Content-Language: nl-BE
            X-Mailer: Kantoor Suite 14.2 (build 20261102)
            X-Priority: 3
            X-Job: invoices/2026/11/23/0914/1187
            Auto-Submitted: auto-generated
            Feedback-ID: 1187:invoice:dupont:suite
            List-Unsubscribe: <https://suite.dupont.example/unsubscribe/b7d9d4c2e1f34a5e>,
             <mailto:unsubscribe@dupont.example?subject=b7d9d4c2e1f34a5e>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            """.replace("\n", "\r\n");

    static final String BODY = """
            ------=_Part_1187_462013.1795421671
            Content-Type: text/plain; charset=utf-8

            Good day,

            Please find our invoice 2026-1187 attached.

            Kind regards
            ------=_Part_1187_462013.1795421671--
            """.replace("\n", "\r\n");

    private SampleLetter() {}
}
