using AdvFit.Learning.Neighbours;
using FsCheck;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Neighbours;

public sealed class VoteTests
{
    [Theory]
    [InlineData(new byte[] { 3 }, 3, 3)]
    [InlineData(new byte[] { 3, 1, 1 }, 1, 1)]
    [InlineData(new byte[] { 3, 1, 2 }, 1, 3)]
    [InlineData(new byte[] { 9, 4, 2, 2, 4 }, 2, 4)]
    [InlineData(new byte[] { 0, 255, 255 }, 255, 255)]
    public void The_most_votes_win_and_the_rule_decides_between_equals(byte[] labels, byte smallest, byte nearest)
    {
        Vote.Winner(labels, VoteTies.Smallest).ShouldBe(smallest);
        Vote.Winner(labels, VoteTies.Nearest).ShouldBe(nearest);
    }

    [Property]
    public void Both_rules_choose_among_the_classes_with_the_most_votes(NonEmptyArray<byte> votes)
    {
        var labels = Array.ConvertAll(votes.Get, label => (byte)(label % 4));
        var counts = labels.GroupBy(label => label).ToDictionary(group => group.Key, group => group.Count());
        byte[] tied = [.. counts.Where(pair => pair.Value == counts.Values.Max()).Select(pair => pair.Key)];
        Vote.Winner(labels, VoteTies.Smallest).ShouldBe(tied.Min());
        Vote.Winner(labels, VoteTies.Nearest).ShouldBe(labels.First(label => tied.Contains(label)));
    }

    [Fact]
    public void One_search_serves_every_smaller_k()
    {
        int[] neighbours = [2, 0, 1, /**/ 1, 2, 0];
        byte[] labels = [5, 6, 5];
        Vote.Winners(neighbours, 3, labels, 1, VoteTies.Smallest).ShouldBe([5, 6]);
        Vote.Winners(neighbours, 3, labels, 2, VoteTies.Nearest).ShouldBe([5, 6]);
        Vote.Winners(neighbours, 3, labels, 3, VoteTies.Smallest).ShouldBe([5, 5]);
    }

    [Fact]
    public void Votes_that_cannot_be_taken_are_refused()
    {
        Should.Throw<ArgumentException>(() => Vote.Winner([], VoteTies.Smallest));
        Should.Throw<ArgumentException>(() => Vote.Winners([0, 0, 0], 2, [1], 1, VoteTies.Smallest));
        Should.Throw<ArgumentOutOfRangeException>(() => Vote.Winners([0, 0], 2, [1], 3, VoteTies.Smallest));
        Should.Throw<ArgumentOutOfRangeException>(() => Vote.Winners([0, 0], 2, [1], 0, VoteTies.Smallest));
    }
}
