using AdvFit.Sweeps.Decisions;
using FsCheck.Xunit;

namespace AdvFit.Sweeps.Tests.Decisions;

public class NamedStagesTests
{
    [Property]
    public void It_has_what_was_put_in_and_not_taken_out(byte[] added, byte[] removed)
    {
        var set = StageSet.Of(added.Select(number => (int)number));
        set = removed.Aggregate(set, (current, number) => current.Without(number));

        var expected = added.Except(removed).Select(number => (int)number).Order().ToArray();
        set.Numbers.ShouldBe(expected);
        set.ShouldBe(StageSet.Of(expected));
        set.ContainsAll(StageSet.Of(expected)).ShouldBeTrue();
        Enumerable.Range(0, 256).Where(set.Contains).ShouldBe(expected);
    }

    [Property]
    public void One_that_has_all_of_another_stays_itself_in_their_union(byte[] some, byte[] more)
    {
        var less = StageSet.Of(some.Select(number => (int)number));
        var all = less.Union(StageSet.Of(more.Select(number => (int)number)));

        all.ContainsAll(less).ShouldBeTrue();
        all.Union(less).ShouldBe(all);
        less.ContainsAll(all).ShouldBe(less == all);
    }
}
