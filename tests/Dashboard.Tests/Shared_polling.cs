using AdvFit.Api;
using AdvFit.Api.Client;

namespace AdvFit.Dashboard.Tests;

/// <summary>What a server is asked, however many pages are open, and what they see while it is away.</summary>
public sealed class Shared_polling : IAsyncLifetime, IDisposable
{
    private readonly ManualClock _clock = new();
    private TestServer _server = null!;
    private SharedPoller _view = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _view = new SharedPoller(
            DashboardSource.OfServer(_server.Address, _ => new RemoteSweeps(
                new ApiClient(ServerAddresses.Parse(_server.Address)!, TestServer.Token, TimeProvider.System, _ => { }) { Patience = TimeSpan.Zero })),
            _clock, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _view.Dispose();

    [Fact]
    public async Task Ten_pages_ask_no_more_than_one_and_only_for_what_is_new()
    {
        using var held = new Gate();
        await BeginAsync(held, "2: fgsm");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _view.PollAsync(null)));
        _server.TakeAsked().ShouldBe(
        [
            "GET sweeps", "GET nodes", $"GET sweeps/{TestServer.Id}/snapshot", $"GET sweeps/{TestServer.Id}/events?after=11&brief=true",
            $"GET sweeps/{TestServer.Id}/events?after=0", $"GET sweeps/{TestServer.Id}/snapshot?body=false",
        ]);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _view.PollAsync(TestServer.Id)));
        _server.TakeAsked().ShouldBeEmpty();

        string[] look = ["GET nodes", $"GET sweeps/{TestServer.Id}/events?after=11", $"GET sweeps/{TestServer.Id}/snapshot?body=false"];
        _clock.Passed += TimeSpan.FromSeconds(1);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _view.PollAsync(null)));
        _server.TakeAsked().ShouldBe(look);

        _clock.Passed += TimeSpan.FromSeconds(4);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _view.PollAsync(null)));
        _server.TakeAsked().ShouldBe(["GET sweeps", .. look]);
    }

    [Fact]
    public async Task Slots_name_their_nodes()
    {
        using var held = new Gate();
        await BeginAsync(held, "2: fgsm");

        var snapshot = await _view.PollAsync(null);

        snapshot.Trouble.ShouldBeNull();
        snapshot.Nodes!.Value.Select(node => (node.Name, node.Status)).ShouldBe([("here", "up"), ("there", "unreachable")]);
        var slot = snapshot.Sweep!.Slots.ShouldHaveSingleItem();
        (slot.Shuffle, slot.Node, slot.TestAccuracy.Length).ShouldBe((2, "here", 2));
        snapshot.Sweep.Session.ShouldNotBeNull().Machine.ShouldBe("1 node");
    }

    [Fact]
    public async Task What_was_seen_stays_while_the_server_is_away_and_goes_on_when_it_is_back()
    {
        await _server.RunAsync();
        var before = await _view.PollAsync(null);
        before.Sweep!.Completed.ShouldBe(3);

        await _server.GoAwayAsync();
        var away = await NextLookAsync();
        away.Trouble.ShouldNotBeNull().ShouldStartWith($"{_server.Address} cannot be reached");
        (away.Sweep, away.Sweeps!.Value.Single().Completed).ShouldBe((before.Sweep, 3));

        await _server.ComeBackAsync();
        await _server.RunAsync(TestServer.Spec.Replace("shuffles: 3", "shuffles: 4", StringComparison.Ordinal));
        var back = await NextLookAsync();
        (back.Trouble, back.Sweep!.Completed).ShouldBe((null, 4));
    }

    [Fact]
    public async Task What_the_server_says_is_passed_on()
    {
        _server.Service.Outage = () => new ServiceUnavailableException("The database is away.");
        var snapshot = await _view.PollAsync(null);
        (snapshot.Sweeps, snapshot.Trouble).ShouldBe((null, $"{_server.Address} is not ready: The database is away."));

        // It is not asked again at once.
        _server.TakeAsked();
        (await _view.PollAsync(null)).Trouble.ShouldBe(snapshot.Trouble);
        _server.TakeAsked().ShouldBeEmpty();

        _server.Service.Outage = () => null;
        snapshot = await NextLookAsync();
        (snapshot.Sweeps!.Value.Length, snapshot.Trouble).ShouldBe((0, null));
        (await _view.PollAsync("none-00000000")).Trouble.ShouldBe($"There is no sweep `none-00000000` in {_server.Address}.");
    }

    private Task<DashboardSnapshot> NextLookAsync()
    {
        _clock.Passed += TimeSpan.FromSeconds(5);
        return _view.PollAsync(null);
    }

    /// <summary>Begins a sweep, which waits before a stage.</summary>
    private async Task BeginAsync(Gate held, string stage)
    {
        var reached = new TaskCompletionSource();
        _server.Service.Before = next =>
        {
            if (next == stage)
            {
                reached.TrySetResult();
                held.Wait();
            }
        };
        await _server.PostAsync("sweeps", TestServer.Spec);
        await reached.Task;
        _server.TakeAsked();
    }
}
