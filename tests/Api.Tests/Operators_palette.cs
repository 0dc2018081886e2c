using AdvFit.Api.Palette;
using AdvFit.Experiments;

namespace AdvFit.Api.Tests;

/// <summary>What operators' commands answer.</summary>
public sealed class Operators_palette : IAsyncLifetime
{
    private TestServer _server = null!;
    private SweepPalette _palette = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _palette = new SweepPalette(_server.Service);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Sweeps_their_standing_and_their_results_are_told()
    {
        (await Lines(_palette.Sweeps(default))).ShouldHaveSingleItem().ShouldStartWith("There are no sweeps");
        _server.Service.Before = stage =>
        {
            if (stage == "2: fgsm")
            {
                throw new ExperimentException("The loss is not a number.");
            }
        };
        await _server.RunAsync();

        var sweeps = await Lines(_palette.Sweeps(default));
        sweeps[0].ShouldMatch("^sweep +state +done +failed +updated$");
        sweeps[1].ShouldMatch($"^{TestServer.Id} +failed +2/3 +1 +");
        (await Lines(_palette.Status("small", default))).ShouldBe(
        [
            $"{TestServer.Id} is failed: 2 of 3 shuffles done, 1 failed.",
            "shuffle 2  failed after attempt 1: The loss is not a number.",
        ]);
        var results = await Lines(_palette.Results(TestServer.Id[..8], default));
        results.ShouldContain(line => line.Contains("shuffle 2", StringComparison.OrdinalIgnoreCase) || line.Contains("2 of 3", StringComparison.Ordinal));
        (await Lines(_palette.Nodes(default)))[2].ShouldMatch("^there +unreachable +0/2 ");
    }

    [Fact]
    public async Task A_sweep_that_is_quarantined_is_named_with_what_is_wrong()
    {
        await _server.RunAsync();
        _server.Service.Quarantined = (TestServer.Id, 0, "The sweep is quarantined.");

        (await Lines(_palette.Sweeps(default)))[1..].ShouldBe(
            [$"{TestServer.Id}  quarantined  0/0   0       1970-01-01 00:00 UTC", "The sweep is quarantined."]);
        foreach (var told in new[] { _palette.Status("small", default), _palette.Results("small", default), _palette.Pause("small", default) })
        {
            (await told.SingleAsync()).ShouldBe(new PaletteLine("The sweep is quarantined.", IsError: true));
        }
    }

    [Fact]
    public async Task A_sweep_is_tracked_to_its_end_and_paused_and_cancelled_on_the_way()
    {
        using var held = new Gate();
        _server.Service.Before = stage =>
        {
            if (stage == "2: epoch 1")
            {
                held.Wait();
            }
        };
        await _server.PostAsync("sweeps", TestServer.Spec);
        await using var track = _palette.Track("small", default).GetAsyncEnumerator();
        (await track.MoveNextAsync()).ShouldBeTrue();
        track.Current.Text.ShouldStartWith($"{TestServer.Id} is running");

        (await Lines(_palette.Pause("small", default))).ShouldBe([$"{TestServer.Id} is paused; what runs stops at its next safe point."]);
        (await Lines(_palette.Resume("small", default))).ShouldBe([$"{TestServer.Id} goes on."]);
        (await Lines(_palette.Cancel("small", default))).ShouldBe([$"{TestServer.Id} is cancelled; what is done stays."]);
        held.Open();
        var rest = new List<string>();
        while (await track.MoveNextAsync())
        {
            rest.Add(track.Current.Text);
        }

        rest.ShouldContain("paused; `advfit resume` goes on");
        rest[^1].ShouldStartWith($"{TestServer.Id} is cancelled: 1 of 3 shuffles done");
        await _server.Service.WorkAsync();
    }

    [Fact]
    public async Task Tracking_tells_each_epoch_attack_and_shuffle_and_ends_with_the_sweep()
    {
        using var held = new Gate();
        _server.Service.Before = stage => held.Wait();
        await _server.PostAsync("sweeps", TestServer.Spec);
        await using var track = _palette.Track(TestServer.Id, default).GetAsyncEnumerator();
        await track.MoveNextAsync();
        held.Open();
        var rest = new List<string>();
        while (await track.MoveNextAsync())
        {
            rest.Add(track.Current.Text);
        }

        rest.Count.ShouldBe(3 * (2 + 2 + 1) + 1);
        rest[0].ShouldStartWith("shuffle 1  epoch 1/2  loss 0.5");
        rest[^1].ShouldStartWith($"{TestServer.Id} is completed: 3 of 3");
        await _server.Service.WorkAsync();
        (await Lines(_palette.Track("small", default))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whatever_fails_is_said_in_one_sentence()
    {
        await _server.RunAsync();
        (await Error(_palette.Status("smal1", default))).ShouldContain("There is no sweep `smal1`");
        (await Error(_palette.Track("none", default))).ShouldContain("There is no sweep `none`");
        (await Error(_palette.Pause("small", default))).ShouldContain("nothing to pause");
        _server.Service.Outage = () => new ServiceUnavailableException("No coordinator leads just now.");
        (await Error(_palette.Sweeps(default))).ShouldBe("No coordinator leads just now.");
        (await Error(_palette.Track("small", default))).ShouldBe("No coordinator leads just now.");
        (await Error(_palette.Nodes(default))).ShouldBe("No coordinator leads just now.");
    }

    [Fact]
    public async Task Tracking_ends_when_it_is_cancelled()
    {
        using var held = new Gate();
        using var stop = new CancellationTokenSource();
        _server.Service.Before = stage => held.Wait();
        await _server.PostAsync("sweeps", TestServer.Spec);
        await using var track = _palette.Track("small", stop.Token).GetAsyncEnumerator();
        await track.MoveNextAsync();

        await stop.CancelAsync();

        (await track.MoveNextAsync()).ShouldBeFalse();
        held.Open();
        await _server.Service.WorkAsync();
    }

    private static async Task<List<string>> Lines(IAsyncEnumerable<PaletteLine> lines)
    {
        var all = await lines.ToListAsync();
        all.ShouldAllBe(line => !line.IsError);
        return [.. all.Select(line => line.Text)];
    }

    private static async Task<string> Error(IAsyncEnumerable<PaletteLine> lines)
    {
        var line = await lines.SingleAsync();
        line.IsError.ShouldBeTrue();
        return line.Text;
    }
}
