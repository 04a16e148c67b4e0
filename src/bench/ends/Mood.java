/** How an upstream takes letters. */
enum Mood {
    TAKE,

    /** Nothing listens, and connections are gone. */
    REFUSE,

    /** 421, to every connection and every new letter. */
    BUSY,

    /** 451 to each end of data. */
    DEFER,

    /** The connection ends within each letter. */
    CUT,

    /** Every tenth letter is taken, but its connection ends before the reply. */
    MUTE,

    /** 450 to each recipient: the mailbox is full. */
    FULL
}
