/// The life of a letter after its 250: claimed when due, tried, tried again by the schedule, and in the end relayed or bounced.
///
/// The words for what comes of it, one each:
///
/// - An **attempt** is one try to relay a letter to all its pending recipients ([facteur.delivery.RouteAttempt]). It runs in a
///   slot ([facteur.delivery.AttemptSlots]), on a thread of its own.
/// - An **outcome** is what an attempt came to for one recipient; the upstream's word ([facteur.upstream.Outcome]).
/// - The **result** of an attempt ([facteur.delivery.AttemptResult]) is its outcomes, and which upstream they are of.
/// - Its **retry class** ([facteur.delivery.RetryClass]) says when the next attempt is, and whether this one counts.
/// - The **verdict** ([facteur.delivery.Verdict]) is what follows from a result: the recipients as they stand, the letter's next
///   state, events, a report. [facteur.delivery.Verdicts] judges, [facteur.delivery.VerdictBuilder] collects it recipient by recipient.
/// - The **attempt log** ([facteur.delivery.AttemptLog]) is what is stored of a result: rows of [facteur.spool.Attempt].
/// - A **report** is a DSN on a letter ([facteur.delivery.Reporter]); it is queued as any other letter.
///
/// Who does what: [facteur.delivery.Queues] stores letters and applies reloads; a [facteur.delivery.QueueRunner] per route owns
/// slots, signals and the [facteur.delivery.QueueLoop] over the queue; a [facteur.delivery.Delivery] sees one attempt through.
@org.jspecify.annotations.NullMarked
package facteur.delivery;
