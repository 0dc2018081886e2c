using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Archive;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Api.Client;

/// <summary>Sends commands to a server, and lists its nodes. Not thread-safe.</summary>
/// <param name="client">The connection to the server.</param>
public sealed class RemoteControl(ApiClient client)
{
    /// <summary>Begins, continues or extends a sweep.</summary>
    /// <param name="yaml">The spec.</param>
    /// <param name="file">The spec's name in messages.</param>
    /// <param name="shuffles">Number of shuffles instead of the spec's; null keeps the spec's.</param>
    /// <param name="failFast">Whether the first shuffle that fails ends the work.</param>
    /// <returns>The sweep's id.</returns>
    /// <exception cref="SpecException">The server finds problems in the spec.</exception>
    /// <exception cref="SweepException">The server refuses.</exception>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public string Submit(string yaml, string file, int? shuffles, bool failFast)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?fail_fast={(failFast ? "true" : "false")}")
            + (shuffles is { } number ? string.Create(CultureInfo.InvariantCulture, $"&shuffles={number}") : "");
        var answer = client.Submit(
            HttpMethod.Post, $"sweeps{query}", () => new StringContent(yaml, Encoding.UTF8, "application/yaml"),
            isRepeatable: true,
            refusal => refusal.Problems is { } problems
                ? new SpecException([.. problems.Select(each => new SpecProblem(file, each.Line, each.Column, each.Message))])
                : null);
        return client.Parse(answer, json => JsonSerializer.Deserialize(json, ApiJsonContext.Default.AcceptedDocument)!.Id);
    }

    /// <summary>Pauses, resumes, cancels or reruns a sweep.</summary>
    /// <exception cref="SweepException">The server refuses.</exception>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public void Perform(string sweep, SweepCommand command)
    {
        var (type, body) = RequestFormat.Write(command);
        client.Submit(
            HttpMethod.Post, $"sweeps/{Uri.EscapeDataString(sweep)}/{type}",
            () => command is RerunShuffles ? new StringContent(body, Encoding.UTF8, "application/json") : null,
            // The others say how the sweep is to stand, and are done once however often they are asked for.
            isRepeatable: command is not RerunShuffles);
    }

    /// <summary>Removes a sweep with all its results and files.</summary>
    /// <exception cref="SweepException">The server refuses.</exception>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public void Forget(string sweep) =>
        // Once it is done, there is no such sweep.
        client.Submit(HttpMethod.Delete, $"sweeps/{Uri.EscapeDataString(sweep)}", () => null, isRepeatable: false);

    /// <summary>The nodes by name.</summary>
    /// <exception cref="SweepException">The server refuses.</exception>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public ImmutableArray<NodeSnapshot> Nodes() => client.Parse(client.Get("nodes"), json => NodesJson.Read(json));

    /// <summary>Imports a sweep from an archive into a server that has none of that id: its files, then its events.</summary>
    /// <param name="path">The archive. All of it is checked before anything is sent.</param>
    /// <exception cref="SweepException">The server has the sweep, or refuses.</exception>
    /// <exception cref="StoreException">The archive is none, is damaged or of a newer version.</exception>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public ImportReport Import(string path)
    {
        using var archive = SweepArchive.Open(path);
        if (new RemoteJournal(client).FetchSnapshot(archive.Sweep, "?body=false") is not null)
        {
            throw new SweepException($"{client.Address} has the sweep {archive.Sweep} already; nothing is imported.");
        }

        // Only checks that no path leads out of a sweep's folder.
        var paths = new ArtifactStore(archive.Sweep);
        var files = ShuffleRecords.Of(archive.Events.Select(timed => timed.Event)).Values
            .SelectMany(record => record.Files).Select(each => each.File).ToList();
        foreach (var file in files)
        {
            archive.Read(file, paths);
        }

        foreach (var file in files)
        {
            var contents = archive.Read(file, paths);
            client.Submit(
                HttpMethod.Put, RemoteArtifacts.PathOf(archive.Sweep, file), () => new ByteArrayContent(contents), isRepeatable: true);
        }

        client.Submit(
            HttpMethod.Post, $"sweeps/{Uri.EscapeDataString(archive.Sweep)}/import", () => new EventsContent(archive.Events),
            isRepeatable: false);
        return new ImportReport(archive.Sweep, archive.Events.Count, files.Count);
    }
}
