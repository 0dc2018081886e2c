using System.Net;
using AdvFit.Api.Client;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Tests;

/// <summary>A client knows all coordinators, and goes on with the next when one cannot answer.</summary>
public sealed class Several_coordinators : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300), Later = TimeSpan.FromSeconds(2);

    private readonly List<string> _notes = [];
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("http://10.0.0.1:8080", "http://10.0.0.1:8080")]
    [InlineData("http://a/,https://b:1 , http://a\n", "http://a, https://b:1")]
    [InlineData("http://a http://b/advfit/", "http://a, http://b/advfit")]
    [InlineData("http://a,b", null)]
    [InlineData("ftp://a", null)]
    [InlineData(" ,", null)]
    public void Their_addresses_are_separated_by_commas_or_blanks(string text, string? addresses) =>
        ServerAddresses.Parse(text)?.ToString().ShouldBe(addresses);

    [Fact]
    public async Task One_that_is_dead_is_passed_over_without_a_word()
    {
        await _server.RunAsync();
        await using var dead = await TestServer.StartAsync();
        await dead.GoAwayAsync();
        using var remote = Remote(dead.Address);

        remote.Sweeps().ShouldBe([TestServer.Id]);
        remote.Control.Submit(TestServer.Spec, "spec", null, false).ShouldBe(TestServer.Id);
        _notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task So_is_one_that_is_not_ready()
    {
        await _server.RunAsync();
        await using var unready = await TestServer.StartAsync();
        unready.Service.Outage = () => new ServiceUnavailableException("The database is away.");
        await using var proxy = await FaultyServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync("<html>no upstream</html>");
        });
        using var remote = Remote(unready.Address, proxy.Address);

        remote.Sweeps().ShouldBe([TestServer.Id]);
        remote.Sweeps().ShouldBe([TestServer.Id]);
        unready.TakeAsked().ShouldHaveSingleItem("the one that answered is asked again");
        _notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task So_is_one_that_hangs()
    {
        await _server.RunAsync();
        await using var hanging = await FaultyServer.StartAsync(FaultyServer.Hang);
        using var remote = Remote(Soon, hanging.Address);

        remote.Sweeps().ShouldBe([TestServer.Id]);
        remote.Control.Perform(TestServer.Id, new ResumeSweep());
    }

    [Fact]
    public async Task But_not_one_that_thinks_long_and_says_that_it_lives()
    {
        var lives = new TaskCompletionSource();
        await using var slow = await FaultyServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/healthz/live")
            {
                lives.TrySetResult();
                return;
            }

            await lives.Task;
            await context.Response.WriteAsync("""{"nodes": []}""");
        });
        using var remote = Remote(Later, slow.Address);

        remote.Nodes().ShouldBeEmpty("the other one has nodes");
    }

    [Theory]
    [InlineData("dies", 3)]
    [InlineData("dies", 0)]
    [InlineData("hangs", 3)]
    [InlineData("ends early", 3)]
    public async Task One_that_fails_amid_the_events_is_followed_by_the_next_without_losing_or_repeating_any(string how, int whole)
    {
        var id = await _server.RunAsync();
        await using var faulty = await FaultyServer.StartAsync(async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal))
            {
                await FaultyServer.Hang(context);
                return;
            }

            var lines = (await _server.Http.GetStringAsync($"sweeps/{id}/events{context.Request.QueryString}")).Split('\n');
            await context.Response.WriteAsync(string.Join('\n', lines.Take(whole + 1))[..^5]);
            await context.Response.Body.FlushAsync();
            await (how switch
            {
                "dies" => FaultyServer.Die(context),
                "hangs" => FaultyServer.Hang(context),
                _ => Task.CompletedTask,
            });
        });
        using var store = SweepStore.OpenForReading(_server.Store)!;
        using var remote = Remote(how == "hangs" ? Soon : Later, faulty.Address);
        _server.TakeAsked();

        remote.Journal.Read(id).Select(Text).ShouldBe(store.Journal.Read(id).Select(Text));
        // What a dead one has sent last may be lost with it.
        _server.TakeAsked().Last(asked => asked.Contains("/events", StringComparison.Ordinal))
            .ShouldMatch(how == "dies" ? $"after=[0-{whole}]$" : $"after={whole}$");
    }

    [Fact]
    public async Task A_name_with_several_records_stands_for_all_of_its_machines()
    {
        await _server.RunAsync();
        var port = new Uri(_server.Address).Port;
        var asked = new List<string>();
        using var remote = new RemoteSweeps(new ApiClient(
            ServerAddresses.Parse($"http://localhost:{port}")!, TestServer.Token, new HastyClock(), _notes.Add)
        {
            // Nobody listens at the first.
            Resolve = name =>
            {
                asked.Add(name);
                return [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback];
            },
        });

        remote.Sweeps().ShouldBe([TestServer.Id]);
        remote.Place.ShouldBe($"http://localhost:{port}");
        await _server.GoAwayAsync();
        Should.Throw<ServerException>(() => remote.Sweeps()).Message.ShouldContain("cannot be reached");
        asked.Count.ShouldBeGreaterThan(1, "it may have others by now");
    }

    [Fact]
    public async Task What_may_be_done_already_is_asked_for_again_only_where_that_changes_nothing()
    {
        await _server.RunAsync();
        await using var dying = await FaultyServer.StartAsync(FaultyServer.Die);
        await using var dead = await TestServer.StartAsync();
        await dead.GoAwayAsync();
        _server.TakeAsked();

        using (var remote = Remote(dying.Address))
        {
            Should.Throw<ServerException>(() => remote.Control.Perform(TestServer.Id, new RerunShuffles([1], false, null)))
                .Message.ShouldContain("It may have been done all the same");
            _server.TakeAsked().ShouldBeEmpty();
        }

        using (var remote = Remote(dead.Address))
        {
            remote.Control.Perform(TestServer.Id, new RerunShuffles([1], false, null));
            await _server.Service.WorkAsync();
            _server.TakeAsked().ShouldHaveSingleItem();
        }

        using (var remote = Remote(dying.Address))
        {
            remote.Control.Perform(TestServer.Id, new ResumeSweep());
            remote.Control.Submit(TestServer.Spec, "spec", null, false).ShouldBe(TestServer.Id);
        }
    }

    [Fact]
    public async Task Where_none_can_answer_a_sentence_names_them_all()
    {
        await using var dead = await TestServer.StartAsync();
        await dead.GoAwayAsync();
        _server.Service.Outage = () => new ServiceUnavailableException("The database is away.");
        using var remote = Remote(dead.Address);

        Should.Throw<ServerException>(() => remote.List()).Message.ShouldBe(
            $"None of {dead.Address}, {_server.Address} can be used; the last one: {_server.Address} is not ready: The database is away.");
        _notes.ShouldHaveSingleItem().ShouldContain("Trying again");
    }

    private RemoteSweeps Remote(params string[] before) => Remote(Later, before);

    /// <summary>A client of others, and then of the server.</summary>
    private RemoteSweeps Remote(TimeSpan hangPatience, params string[] before) => new(new ApiClient(
        ServerAddresses.Parse(string.Join(',', [.. before, _server.Address]))!, TestServer.Token, new HastyClock(), _notes.Add)
    {
        HangPatience = hangPatience,
    });

    private static (long, string, string) Text(JournalEntry entry)
    {
        var (type, body) = EventFormat.Write(entry.Event);
        return (entry.Number, type, body);
    }
}
