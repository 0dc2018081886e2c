using System.Collections.Immutable;
using AdvFit.Sweeps.Cluster;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Sweeps.Tests.Cluster;

public class FoundingVotesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void One_that_is_all_there_is_may_found_at_once() => New("a", "a").BeginRound(Second).MayFound.ShouldBeTrue();

    [Theory, InlineData(2), InlineData(3), InlineData(5)]
    public void One_that_hears_of_nobody_never_may(int coordinators)
    {
        var alone = New("a", Names(coordinators));
        for (var now = Second; now < TimeSpan.FromHours(1); now += Second)
        {
            alone = alone.BeginRound(now);
            alone.MayFound.ShouldBeFalse();
        }
    }

    [Theory, InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Of_those_that_begin_together_one_founds(int coordinators)
    {
        var votes = Names(coordinators).Select(name => New(name, Names(coordinators))).ToArray();
        var founded = Enumerable.Range(1, 15).Any(second =>
        {
            var now = Second * second;
            for (var i = 0; i < votes.Length; i++)
            {
                votes[i] = votes[i].BeginRound(now);
            }

            // The last ask first.
            for (var asking = votes.Length - 1; asking >= 0; asking--)
            {
                for (var other = 0; votes[asking].IsCandidate && other < votes.Length; other++)
                {
                    if (other != asking && votes[other].VoteFor(votes[asking].Self, now) is { } voted)
                    {
                        votes[other] = voted;
                        votes[asking] = votes[asking].Count(new FoundingVote(voted.Self, votes[asking].Round), now);
                    }
                }
            }

            return votes.Any(each => each.MayFound);
        });

        founded.ShouldBeTrue();
        votes.Count(each => each.MayFound).ShouldBe(1);
    }

    [Fact]
    public void A_vote_that_was_read_after_a_long_sleep_does_not_count()
    {
        var slept = New("a", Names(3)).BeginRound(Second);
        slept.Count(new FoundingVote("b", 1), Second * 2).MayFound.ShouldBeTrue();
        slept.Count(new FoundingVote("b", 1), Second + FoundingVotes.Lifetime).MayFound.ShouldBeFalse();
    }

    [Fact]
    public void Strangers_get_no_vote_and_have_none()
    {
        var votes = New("a", Names(3)).BeginRound(Second);
        votes.VoteFor("0", Second).ShouldBeNull();
        votes.Count(new FoundingVote("0", 1), Second).MayFound.ShouldBeFalse();
    }

    /// <summary>Messages are lost, late and out of order; whoever founded a cluster votes no more.</summary>
    [Property(MaxTest = 500)]
    public Property Two_never_found_within_the_time_that_it_takes_to_join() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ListOf(120).ToArbitrary(), choices =>
        {
            var names = Names(choices[0] % 2 == 0 ? 3 : 5);
            var votes = names.ToDictionary(name => name, name => New(name, names));
            var (sent, foundings, now) = (new List<(string To, object Message)>(), new List<TimeSpan>(), TimeSpan.Zero);
            foreach (var choice in choices)
            {
                now += TimeSpan.FromMilliseconds(choice % 7 * 300);
                var pick = choice / 7;
                if (pick % 3 == 0 || sent.Count == 0)
                {
                    var name = names[pick / 3 % names.Length];
                    if (votes.TryGetValue(name, out var asking))
                    {
                        votes[name] = asking = asking.BeginRound(now);
                        sent.AddRange(names.Where(other => asking.IsCandidate && other != name)
                            .Select(other => (other, (object)new RequestFoundingVote(name, asking.Round))));
                    }
                }
                else
                {
                    var (to, message) = sent[pick / 3 % sent.Count];
                    sent.RemoveAt(pick / 3 % sent.Count);
                    Deliver(to, message);
                }
            }

            void Deliver(string to, object message)
            {
                if (!votes.TryGetValue(to, out var state))
                {
                    return;
                }

                if (message is RequestFoundingVote request && state.VoteFor(request.Candidate, now) is { } voted)
                {
                    votes[to] = voted;
                    sent.Add((request.Candidate, new FoundingVote(to, request.Round)));
                }
                else if (message is FoundingVote vote && (votes[to] = state.Count(vote, now)).MayFound)
                {
                    votes.Remove(to);
                    foundings.Add(now);
                }
            }

            return foundings.Zip(foundings.Skip(1)).All(pair => pair.Second - pair.First >= FoundingVotes.Lifetime / 2);
        });

    private static FoundingVotes New(string self, params string[] all) => new(self, [.. all]);

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => ((char)('a' + i)).ToString())];
}
