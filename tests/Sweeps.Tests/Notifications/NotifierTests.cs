using System.Text.Json;
using AdvFit.Sweeps.Notifications;
using AdvFit.Sweeps.Tests.Decisions;
using AdvFit.Sweeps.Tests.Local;

namespace AdvFit.Sweeps.Tests.Notifications;

/// <summary>Whoever is to be told is told, or it is said that they were not.</summary>
public sealed class NotifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];
    private readonly EagerClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_webhook_gets_the_summary_and_nothing_is_said()
    {
        using var server = new HookServer(200);

        await Notify(Summary(), new Webhook(server.Address));

        using var body = JsonDocument.Parse(server.Bodies.ShouldHaveSingleItem());
        body.RootElement.GetProperty("state").GetString().ShouldBe("completed");
        body.RootElement.GetProperty("completed").GetInt32().ShouldBe(3);
        body.RootElement.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("3 of 3 shuffles are done");
        server.ContentTypes.ShouldBe(["application/json"]);
        _said.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_after_5_15_and_45_seconds()
    {
        using var server = new HookServer(503, 429, 500, 204);

        await Notify(Summary(), new Webhook(server.Address));

        server.Bodies.Count.ShouldBe(4);
        server.Bodies.Distinct().Count().ShouldBe(1);
        _said.Count.ShouldBe(3);
        _said.ShouldAllBe(line => line.Contains("trying again", StringComparison.Ordinal));
        _clock.GetUtcNow().ShouldBe(Some.Time.AddSeconds(5 + 15 + 45));
    }

    [Fact]
    public async Task What_does_not_pass_is_given_up_and_said()
    {
        using var server = new HookServer(500, 500, 500, 500);

        await Notify(Summary(), new Webhook(server.Address));

        server.Bodies.Count.ShouldBe(4);
        _said[^1].ShouldStartWith("warning: ");
        _said[^1].ShouldContain("it answered 500");
    }

    [Fact]
    public async Task What_cannot_pass_is_not_tried_again_and_the_address_stays_secret()
    {
        using var server = new HookServer(404);

        await Notify(Summary(), new Webhook(new Uri(server.Address, "secret")));

        server.Bodies.ShouldHaveSingleItem();
        _said.ShouldHaveSingleItem().ShouldContain("it answered 404");
        _said[0].ShouldNotContain("secret");
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_said()
    {
        var address = new HookServer(200).DisposeAndTellAddress();

        await Notify(Summary(), new Webhook(address));

        _said.Count.ShouldBe(4);
        _said[^1].ShouldStartWith("warning: ");
    }

    [Fact]
    public async Task A_command_gets_the_summary_on_its_standard_input()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await Notify(Summary(), new ShellCommand($"cat > '{_folder.File("told")}'", TimeSpan.FromMinutes(5)));

        File.ReadAllBytes(_folder.File("told")).ShouldBe(Summary().ToJson());
        _said.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_fails_is_tried_again_and_one_that_does_not_read_is_fine()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await Notify(Summary(), new ShellCommand("exit 3", TimeSpan.FromMinutes(5)), new ShellCommand("true", TimeSpan.FromMinutes(5)));

        _said.Count.ShouldBe(4);
        _said[^1].ShouldContain("it ended with exit code 3");
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_ended()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await Notify(Summary(), new ShellCommand("cat > /dev/null; sleep 1000", TimeSpan.FromMilliseconds(1)));

        _said.ShouldHaveSingleItem().ShouldContain("it was ended after");
    }

    [Fact]
    public void A_summary_tells_what_failed_and_what_broke_it()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.Do(new AdvFit.Messages.AssignNext());
        sweep.Report(new AdvFit.Messages.AttemptFailed(1, 1, "NaN.", Retryable: false));

        var broken = RunSummary.Of("quick-1", sweep.State, "/store", "The disk is full.");

        broken.State.ShouldBe("broken");
        broken.Text.ShouldEndWith("is broken: 0 of 3 shuffles are done, 1 failed. The disk is full.");
        broken.Failures.ShouldBe([new ShuffleFailure(1, "NaN.")]);
        RunSummary.Of("quick-1", sweep.State, "/store").State.ShouldBe("failed");
        sweep.Do(new AdvFit.Messages.CancelSweep());
        RunSummary.Of("quick-1", sweep.State, "/store").State.ShouldBe("cancelled");
    }

    private static RunSummary Summary()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.CompleteAll();
        return RunSummary.Of("quick-1", sweep.State, "/store");
    }

    private Task Notify(RunSummary summary, params INotificationTarget[] targets) => new Notifier(targets, _clock, line =>
    {
        lock (_said)
        {
            _said.Add(line);
        }
    }).Notify(summary);
}
