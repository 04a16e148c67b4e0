# A host that verifies and seals with Mail::DKIM, without DNS: arguments, input and output as of host.py.
use strict;
use warnings;
use Mail::DKIM::ARC::Signer;
use Mail::DKIM::ARC::Verifier;
use Mail::DKIM::DNS;
use Mail::DKIM::PrivateKey;

my ($records_file, $domain, $selector, $key_file) = @ARGV;
my %records;
open(my $lines, '<', $records_file) or die $!;
while (my $line = <$lines>) {
    chomp $line;
    my ($name, $text) = split /\t/, $line, 2;
    $records{$name} = $text;
}
open(my $pem, '<', $key_file) or die $!;
my $key = join '', <$pem>;
$key =~ s/^.*?(?=-----BEGIN)//s;
my ($base64) = $key =~ /-----BEGIN[^\n]*-----\n(.*?)-----END/s;
$base64 =~ s/\s//g;

{
    package Record;
    sub type { return 'TXT' }
    sub txtdata { return $_[0]{text} }
}

{
    no warnings 'redefine';
    *Mail::DKIM::DNS::query_async = sub {
        my ($name, $type, %prms) = @_;
        my @found = map { bless { text => $_ }, 'Record' } grep { defined } $records{$name};
        my $key = eval { $prms{Callbacks}{Success}->(@found) };
        $prms{Callbacks}{Error}->($@) if $@;
        return sub { $key };
    };
}

sub verify {
    my ($letter) = @_;
    my $verifier = Mail::DKIM::ARC::Verifier->new;
    $verifier->PRINT($letter);
    $verifier->CLOSE;
    return $verifier->result . ' ' . ($verifier->result_detail || '');
}

sub seal {
    my ($letter) = @_;
    my ($status) = split / /, verify($letter);
    my $signer = Mail::DKIM::ARC::Signer->new(
        Algorithm => 'rsa-sha256', Chain => $status, Domain => $domain, SrvId => "mx.$domain", Selector => $selector,
        Key => Mail::DKIM::PrivateKey->load(Data => $base64));
    my $results = "Authentication-Results: mx.$domain; arc=$status\r\n";
    $signer->PRINT($results . $letter);
    $signer->CLOSE;
    die $signer->result . ' ' . ($signer->{details} || '') unless $signer->result eq 'sealed';
    return join('', map { s/\015?\012/\015\012/gr . "\015\012" } reverse $signer->as_strings) . $letter;
}

binmode STDIN;
binmode STDOUT;
$| = 1;
print "ready\n";
while (defined(my $line = <STDIN>)) {
    my ($verb, $size) = split ' ', $line;
    read(STDIN, my $letter, $size) if $size;
    my $answer = eval { $verb eq 'verify' ? verify($letter) : seal($letter) } // "fail $@";
    print length($answer), "\n", $answer;
}
