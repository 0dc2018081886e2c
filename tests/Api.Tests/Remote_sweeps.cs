using System.Text;
using AdvFit.Api.Client;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Archive;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Tests;

/// <summary>The sweeps of a server look as those of its store do.</summary>
public sealed class Remote_sweeps : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_journal_is_the_same_event_by_event()
    {
        var id = await RunWithFailureAsync();
        using var store = SweepStore.OpenForReading(_server.Store)!;
        using var remote = _server.Remote();

        remote.Journal.Read(id).Select(Content).ShouldBe(store.Journal.Read(id).Select(Content));
        remote.Journal.Read(id, 9).Select(Content).ShouldBe(store.Journal.Read(id, 9).Select(Content));
        remote.Journal.ReadBriefly(id).Select(entry => (entry.Number, entry.At, entry.Event.ToString())).ShouldBe(
            store.Journal.ReadBriefly(id).Select(entry => (entry.Number, entry.At, entry.Event.ToString())));
        for (var shuffle = 1; shuffle <= 3; shuffle++)
        {
            remote.Journal.ReadShuffle(id, shuffle).Select(Content).ShouldBe(store.Journal.ReadShuffle(id, shuffle).Select(Content));
            remote.Journal.ReadShuffle(id, shuffle, typeof(ShuffleEvaluated)).Select(Content).ShouldBe(
                store.Journal.ReadShuffle(id, shuffle, typeof(ShuffleEvaluated)).Select(Content));
        }
    }

    [Fact]
    public async Task So_are_the_list_the_details_and_the_files()
    {
        var id = await RunWithFailureAsync();
        using var store = SweepStore.OpenForReading(_server.Store)!;
        using var remote = _server.Remote();
        var (here, there) = (new SweepCatalog(store).Load(id), new SweepCatalog(remote).Load(id));

        remote.List().ShouldBe(store.List());
        remote.FolderOf(id).ShouldBe(store.FolderOf(id));
        SnapshotFormat.Write(there.State, there.History).ShouldBe(SnapshotFormat.Write(here.State, here.History));
        there.Status.ShouldBe(here.Status);
        foreach (var (_, file) in new SweepCatalog(store).Record(id, 1).Files)
        {
            store.ArtifactsOf(id).TryRead(file, out var expected).ShouldBeTrue();
            remote.ArtifactsOf(id).TryRead(file, out var contents).ShouldBeTrue();
            contents.ShouldBe(expected);
            remote.ArtifactsOf(id).TryRead(file with { Bytes = file.Bytes + 1 }, out _).ShouldBeFalse();
        }

        Should.Throw<SweepException>(() => new SweepCatalog(remote).Load("none-00000000")).Message.ShouldContain($"in {_server.Address}");
    }

    [Fact]
    public async Task What_is_new_of_shuffles_is_asked_for_once_the_sweep_was_seen_to_go_on()
    {
        var id = await _server.RunAsync();
        using var store = SweepStore.OpenForReading(_server.Store)!;
        using var remote = _server.Remote();
        CheckShuffles(3);
        await _server.RunAsync(TestServer.Spec.Replace("shuffles: 3", "shuffles: 5", StringComparison.Ordinal));
        _server.TakeAsked();
        remote.Journal.ReadShuffle(id, 3, typeof(ShuffleEvaluated)).ShouldHaveSingleItem();
        _server.TakeAsked().ShouldBeEmpty();

        CheckShuffles(5);
        _server.TakeAsked().Count(path => path.Contains("fact=", StringComparison.Ordinal)).ShouldBe(1);

        void CheckShuffles(int count)
        {
            var state = SweepReplay.Of(remote.Journal, id).State!;
            ShuffleRecords.Outcomes(remote.Journal, id, state).Select(outcome => outcome.Shuffle).ShouldBe(Enumerable.Range(1, count));
            for (var shuffle = 1; shuffle <= count; shuffle++)
            {
                remote.Journal.ReadShuffle(id, shuffle).Select(Content).ShouldBe(store.Journal.ReadShuffle(id, shuffle).Select(Content));
            }
        }
    }

    [Fact]
    public async Task Who_has_no_patience_is_told_at_once()
    {
        var notes = new List<string>();
        using var remote = new RemoteSweeps(
            new ApiClient(ServerAddresses.Parse(_server.Address)!, TestServer.Token, TimeProvider.System, notes.Add) { Patience = TimeSpan.Zero });
        remote.List().ShouldBeEmpty();

        _server.Service.Outage = () => new ServiceUnavailableException("The database is away.");
        Should.Throw<ServerException>(() => remote.List()).Message.ShouldBe($"{_server.Address} is not ready: The database is away.");
        await _server.GoAwayAsync();
        Should.Throw<ServerException>(() => remote.List()).Message.ShouldContain("cannot be reached");
        await _server.ComeBackAsync();
        _server.Service.Outage = () => null;
        remote.List().ShouldBeEmpty();
        notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_not_ready_is_waited_for_with_a_note()
    {
        await _server.RunAsync();
        var (outages, notes) = (2, new List<string>());
        _server.Service.Outage = () => outages-- > 0 ? new ServiceUnavailableException("No coordinator leads just now.") : null;
        using var remote = _server.Remote(note: notes.Add);

        remote.Sweeps().ShouldBe([TestServer.Id]);
        notes.ShouldHaveSingleItem().ShouldContain("is not ready: No coordinator leads just now. Trying again");
    }

    [Fact]
    public void But_not_for_ever()
    {
        _server.Service.Outage = () => new ServiceUnavailableException("The database is away.");
        using var remote = _server.Remote();

        Should.Throw<ServerException>(() => remote.List()).Message.ShouldBe($"{_server.Address} is not ready: The database is away.");
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_in_its_words()
    {
        await _server.RunAsync();
        using var remote = _server.Remote();
        using var unknown = _server.Remote("wrong");
        using var silent = _server.Remote(token: null);

        Should.Throw<SweepException>(() => remote.Control.Perform(TestServer.Id, new PauseSweep())).Message.ShouldContain("nothing to pause");
        Should.Throw<SweepException>(() => remote.Control.Perform("none-00000000", new PauseSweep())).Message.ShouldContain("There is no sweep");
        Should.Throw<SweepException>(() => unknown.List()).Message.ShouldContain("The token is not that of this server");
        Should.Throw<SweepException>(() => silent.Control.Perform(TestServer.Id, new PauseSweep())).Message.ShouldContain("$ADVFIT_TOKEN");
        Should.Throw<SpecException>(() => remote.Control.Submit("name: x", "my.yaml", null, false))
            .Problems.ShouldAllBe(problem => problem.File == "my.yaml" && problem.Line > 0);
    }

    [Fact]
    public async Task What_is_no_server_of_this_is_told_apart()
    {
        await using var other = WebApplication.CreateSlimBuilder().Build();
        other.Urls.Add("http://127.0.0.1:0");
        other.Map("/api/v1/sweeps", () => Results.Content("<html>welcome</html>", "text/html"));
        other.Map("/api/v1/nodes", () => Results.Content("<html>error</html>", "text/html", Encoding.UTF8, 404));
        await other.StartAsync();
        using var remote = new RemoteSweeps(new ApiClient(ServerAddresses.Parse(other.Urls.Single())!, null, TimeProvider.System, _ => { }));

        Should.Throw<ServerException>(() => remote.List()).Message.ShouldContain("is no AdvFit server");
        Should.Throw<ServerException>(() => remote.Control.Nodes()).Message.ShouldContain("answers with status 404");
        await other.StopAsync();
        Should.Throw<ServerException>(() => new RemoteSweeps(
            new ApiClient(ServerAddresses.Parse(other.Urls.Single())!, null, TimeProvider.System, _ => { })).List()).Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_sweep_goes_from_one_server_to_another_as_an_archive()
    {
        var id = await RunWithFailureAsync();
        await using var other = await TestServer.StartAsync();
        using var remote = _server.Remote();
        using var there = other.Remote();
        var path = _server.File("small.advfit");
        Export(remote, path);
        using var store = SweepStore.OpenForReading(_server.Store)!;
        var local = _server.File("local.advfit");
        Export(store, local);
        File.ReadAllBytes(path).ShouldBe(File.ReadAllBytes(local));

        var report = there.Control.Import(path);

        report.Events.ShouldBe(store.Journal.Read(id).Count());
        there.Journal.Read(id).Select(Content).ShouldBe(store.Journal.Read(id).Select(Content));
        var again = other.File("again.advfit");
        Export(there, again);
        File.ReadAllBytes(again).ShouldBe(File.ReadAllBytes(path));
        Should.Throw<SweepException>(() => there.Control.Import(path)).Message.ShouldContain("already");

        void Export(ISweepSource source, string file)
        {
            using var output = File.Create(file);
            SweepExport.Write(source, id, withoutImages: false, output);
        }
    }

    /// <summary>Runs a sweep whose second shuffle fails for good.</summary>
    private Task<string> RunWithFailureAsync()
    {
        _server.Service.Before = stage =>
        {
            if (stage == "2: fgsm")
            {
                throw new Experiments.ExperimentException("The loss is not a number.");
            }
        };
        return _server.RunAsync();
    }

    private static (long, DateTimeOffset, string, string) Content(JournalEntry entry)
    {
        var (type, body) = EventFormat.Write(entry.Event);
        return (entry.Number, entry.At, type, body);
    }
}
