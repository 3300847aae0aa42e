#!/usr/bin/perl
# Re-run a draw from record.json and entries.csv, written from the specification of fairdraw/1 alone.
# Prints what it computes; exits 1 where the record says otherwise.
use strict;
use warnings;
use Digest::SHA qw(sha256 sha256_hex);
use Encode qw(decode encode);
use JSON::PP;

binmode STDOUT, ':encoding(UTF-8)';
my ($record_file, $entries_file) = @ARGV;
my $scalar_json = JSON::PP->new->allow_nonref;

sub slurp {
    my ($name) = @_;
    open my $file, '<:raw', $name or die "$name: $!";
    local $/;
    return scalar <$file>;
}

sub text_hash { return sha256_hex(encode('UTF-8', $_[0])) }

sub canon {
    my ($value) = @_;
    if (ref $value eq 'HASH') {
        return '{' . join(',', map { canon("$_") . ':' . canon($value->{$_}) } sort keys %$value) . '}';
    }
    return '[' . join(',', map { canon($_) } @$value) . ']' if ref $value eq 'ARRAY';
    my $text = $scalar_json->encode($value);
    $text =~ s/\\u007f/\x7f/g;
    return $text;
}

sub is_number { return !ref $_[0] && $scalar_json->encode($_[0]) =~ /^-?[0-9]+$/ }

sub key_form {
    my $key = '';
    for my $value (@_) {
        next unless defined $value;
        if (ref $value eq 'ARRAY') { $key .= join('', map {"$_."} sort { $a <=> $b } @$value) . '/' }
        elsif (is_number($value))  { $key .= "$value./" }
        else                       { (my $text = $value) =~ s/\s+//g; $key .= uc($text) . '/' }
    }
    return $key;
}

sub merkle_root {
    my @level = map { sha256("\0$_") } @_;
    while (@level > 1) {
        my @above;
        while (@level > 1) { push @above, sha256("\1" . shift(@level) . shift(@level)) }
        @level = (@above, @level);
    }
    return @level ? unpack('H*', $level[0]) : sha256_hex('');
}

sub same {
    my ($given, $found, $what) = @_;
    print "$what $found\n";
    return if $given eq $found;
    print "FAIL $what\n";
    exit 1;
}

my $record = JSON::PP->new->utf8->decode(slurp($record_file));
my $raw    = slurp($entries_file);
my ($rules, $freeze) = @$record{qw(rules freeze)};
my @lines   = split /\n/, $raw;
my @entries = map { [split /,/] } @lines;
my $tickets = 0;
$tickets += $_->[1] for @entries;

same($freeze->{rules_sha256}, text_hash(canon($rules)), 'rules');
same($freeze->{entries}, scalar @entries, 'entries');
same($freeze->{tickets}, $tickets, 'tickets');
same($freeze->{entries_sha256}, sha256_hex($raw), 'file');
same($freeze->{entries_root}, merkle_root(@lines), 'root');
my $freeze_hash = text_hash(canon($freeze));
print "freeze $freeze_hash\n";

my @slots = map { my $tier = $_; map {"$tier->{code}-$_"} 1 .. $tier->{count} } @{ $rules->{tiers} };
my (%won, @unclaimed, $round);
$round = 0;
for my $played (@{ $record->{rounds} }) {
    push @unclaimed, { unclaimed => $played->{unclaimed} };
    if ($round == 0) {
        my $place = 0;
        for my $nonce (@{ $played->{reveals} }) {
            same($freeze->{witness_commits}[$place], text_hash($nonce), "nonce $place") if defined $nonce;
            $place++;
        }
    }
    my $seed = text_hash(join '|', 'fairdraw/1', $freeze_hash, $round, text_hash(canon(\@unclaimed)),
        key_form(@{ $played->{reveals} }), key_form(@{ $played->{values} }));
    same($played->{seed}, $seed, "seed $round");
    my @ranked;
    for my $entry (grep { !$won{ $_->[0] } } @entries) {
        my ($lowest) = sort map { sha256_hex("$seed:$entry->[0]:$_") } 1 .. $entry->[1];
        push @ranked, [$lowest, $entry->[0]];
    }
    @ranked = sort { $a->[0] cmp $b->[0] } @ranked;
    my @winners;
    for my $slot ($round ? @{ $played->{unclaimed} } : @slots) {
        my $best = shift @ranked or last;
        $won{ $best->[1] } = 1;
        push @winners, "$slot=$best->[1]=$best->[0]";
    }
    my @given = map {"$_->{prize}=$_->{entry}=$_->{number}"} @{ $played->{winners} };
    same(join(' ', @given), join(' ', @winners), "winners $round");
    $round++;
}
