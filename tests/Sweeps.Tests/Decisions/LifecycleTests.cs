using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Tests.Decisions;

public class LifecycleTests
{
    [Fact]
    public void The_documentation_shows_the_table_row_by_row()
    {
        var rows = Lifecycle.Table.Select(row => $"| {row.From.Word()} | `{row.On}` | {row.To.Word()} |");
        Repository.Read("docs/sweeps.md").Split('\n').SkipWhile(line => line != "| from | when | to |").Skip(2)
            .TakeWhile(line => line.StartsWith('|')).ShouldBe(rows);
    }

    [Fact]
    public void Every_status_and_every_word_of_it_is_documented()
    {
        var page = Repository.Read("docs/sweeps.md");
        foreach (var status in Enum.GetValues<ShuffleStatus>())
        {
            page.ShouldContain($"| {status.Word()} | ");
        }
    }

    [Fact]
    public void What_is_not_in_the_table_cannot_happen()
    {
        foreach (var status in Enum.GetValues<ShuffleStatus>())
        {
            foreach (var trigger in Enum.GetValues<ShuffleTrigger>())
            {
                var rows = Lifecycle.Table.Where(row => row.From == status && row.On == trigger).ToList();
                if (rows is [var row])
                {
                    Lifecycle.Next(status, trigger).ShouldBe(row.To);
                }
                else
                {
                    rows.ShouldBeEmpty();
                    Should.Throw<InvalidOperationException>(() => Lifecycle.Next(status, trigger)).Message.ShouldContain(status.Word());
                }
            }
        }
    }

    [Fact]
    public void Every_status_can_be_reached_and_each_that_is_not_completed_can_still_be()
    {
        Reachable(ShuffleStatus.Planned).ShouldBe(Enum.GetValues<ShuffleStatus>(), ignoreOrder: true);
        foreach (var status in Enum.GetValues<ShuffleStatus>())
        {
            Reachable(status).ShouldContain(ShuffleStatus.Completed);
        }
    }

    private static HashSet<ShuffleStatus> Reachable(ShuffleStatus from)
    {
        var reached = new HashSet<ShuffleStatus> { from };
        while (Lifecycle.Table.Where(row => reached.Contains(row.From)).Select(row => row.To).Any(reached.Add))
        {
        }

        return reached;
    }
}
