using System.Text.Json;
using AdvFit.Sweeps.Telemetry;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Telemetry;

/// <summary>The log of a store: JSON by the line, never longer than it may be, never in the way.</summary>
public sealed class StoreLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SimulatedSweep _sweep = new();

    public StoreLogTests()
    {
        _sweep.Do(Some.Start());
        _sweep.CompleteAll();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_event_is_a_line_of_json()
    {
        using (var log = new StoreLog(_folder.Path, "quick-1"))
        {
            Tell(log);
            log.Failed(new IOException("The disk is full."), Some.Time);
            log.Failure.ShouldBeNull();
        }

        var lines = Lines("log.jsonl");
        lines.Count.ShouldBe(_sweep.Events.Count + 1);
        lines.ShouldAllBe(line => line.GetProperty("sweep").GetString() == "quick-1");
        var epoch = lines.First(line => line.GetProperty("event").GetString() == "epoch-trained");
        epoch.GetProperty("shuffle").GetInt32().ShouldBe(1);
        epoch.GetProperty("seconds").GetDouble().ShouldBe(1);
        epoch.GetProperty("at").GetDateTimeOffset().ShouldBe(Some.Time);
        lines[^1].GetProperty("level").GetString().ShouldBe("error");
        lines[^1].GetProperty("message").GetString().ShouldBe("The disk is full.");
    }

    [Fact]
    public void A_full_log_begins_anew_and_only_the_one_before_is_kept()
    {
        const int most = 1500;
        using (var log = new StoreLog(_folder.Path, "quick-1", most))
        {
            for (var i = 0; i < 20; i++)
            {
                Tell(log);
            }
        }

        Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(["log.1.jsonl", "log.jsonl"], ignoreOrder: true);
        new FileInfo(_folder.File("log.jsonl")).Length.ShouldBeInRange(1, most);
        new FileInfo(_folder.File("log.1.jsonl")).Length.ShouldBeInRange(1, most);
        Lines("log.jsonl")[^1].GetProperty("event").GetString().ShouldBe("sweep-finished");
    }

    [Fact]
    public void A_log_that_cannot_be_written_stops_nothing_and_says_why()
    {
        Directory.CreateDirectory(_folder.File("log.jsonl"));
        using var log = new StoreLog(_folder.Path, "quick-1");

        Tell(log);

        log.Failure.ShouldNotBeNull();
    }

    [Fact]
    public void A_later_process_goes_on_with_the_log()
    {
        for (var i = 0; i < 2; i++)
        {
            using var log = new StoreLog(_folder.Path, "quick-1");
            Tell(log);
        }

        Lines("log.jsonl").Count.ShouldBe(2 * _sweep.Events.Count);
    }

    private void Tell(StoreLog log) => _sweep.Events.ForEach(sweepEvent => log.Recorded(sweepEvent, _sweep.State));

    private List<JsonElement> Lines(string file) =>
        [.. File.ReadLines(_folder.File(file)).Select(line => JsonDocument.Parse(line).RootElement)];
}
