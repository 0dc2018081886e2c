using System.Collections.Immutable;
using AdvFit.Api.Formats;
using AdvFit.Experiments;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Json;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Api.Client;

/// <summary>The sweeps of a server, read-only, with the interface of a store. Not thread-safe.</summary>
public sealed class RemoteSweeps : ISweepSource, INodeSource
{
    private readonly ApiClient _client;
    private readonly RemoteJournal _journal;
    private readonly Dictionary<string, string> _folders = [];
    private ImmutableArray<SweepSummary> _listed = [];

    /// <param name="client">The connection to the server; disposed of with this.</param>
    public RemoteSweeps(ApiClient client) => (_client, _journal) = (client, new RemoteJournal(client));

    /// <summary>Sends commands to the server.</summary>
    public RemoteControl Control => new(_client);

    /// <summary>Cancels all requests and waits.</summary>
    public CancellationToken Stop
    {
        get => _client.Stop;
        set => _client.Stop = value;
    }

    /// <inheritdoc/>
    public string Place => _client.Address;

    /// <inheritdoc/>
    public IJournalReader Journal => _journal;

    /// <inheritdoc/>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public ImmutableArray<string> Sweeps()
    {
        ImmutableArray<string> ids = [.. List().Select(sweep => sweep.Id)];
        return ids.FirstOrDefault(id => !SweepId.IsWellFormed(id)) is { } wrong
            ? throw _client.IncompatibleServer($"`{wrong}` is no id of a sweep")
            : ids;
    }

    /// <inheritdoc/>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public ImmutableArray<SweepSummary> List() => _listed = _client.Parse(_client.Get("sweeps"), json => SweepListJson.Read(json));

    /// <inheritdoc/>
    public string? TroubleOf(string sweep) => _listed.FirstOrDefault(each => each.Id == sweep)?.Trouble;

    /// <summary>Whether the server has a sweep.</summary>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public bool Has(string sweep) => FetchSnapshot(sweep) is not null;

    /// <inheritdoc/>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public ImmutableArray<NodeSnapshot> Nodes() => Control.Nodes();

    /// <inheritdoc/>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public bool IsLive(string sweep, SweepState state) => FetchSnapshot(sweep) is { Live: true };

    /// <inheritdoc/>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public string FolderOf(string sweep)
    {
        if (!_folders.TryGetValue(sweep, out var folder))
        {
            folder = FetchSnapshot(sweep)?.Folder ?? throw new SweepException($"There is no sweep {sweep} on {Place}.");
            _folders[sweep] = folder;
        }

        return folder;
    }

    /// <inheritdoc/>
    public IArtifactStore ArtifactsOf(string sweep) => new RemoteArtifacts(_client, sweep);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private SnapshotDocument? FetchSnapshot(string sweep) => _journal.FetchSnapshot(sweep, "?body=false");
}
