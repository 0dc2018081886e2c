using System.CommandLine;
using AdvFit.Api.Client;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli;

/// <summary>Where a command finds its sweeps: in a store of this machine, or on a server.</summary>
internal sealed class SweepLocation
{
    private readonly Uri? _server;

    private SweepLocation(string? storeOption, Uri? server, string option) =>
        (StoreOption, _server, Option) = (storeOption, server, option);

    /// <summary>The value of <c>--store</c>; null where it is not given.</summary>
    public string? StoreOption { get; }

    /// <summary>What to add to a command to have it look into the same place.</summary>
    public string Option { get; }

    /// <summary>Whether it is a server.</summary>
    public bool IsRemote => _server is not null;

    /// <summary>The place for people: in a folder, or on a server.</summary>
    public string Where => IsRemote ? $"on {Address}" : $"in {Folder}";

    /// <summary>The server's address, without a slash at the end.</summary>
    public string Address => Server.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>The store's folder, of a place on this machine.</summary>
    public string Folder => SweepStore.Locate(StoreOption);

    /// <summary>Whether there is a token to show to a server.</summary>
    public static bool HasToken => Token is not null;

    private static string? Token => Environment.GetEnvironmentVariable(ApiClient.TokenVariable) is { Length: > 0 } token ? token : null;

    private Uri Server => _server
        ?? throw new InputException("There are nodes only where there is a server; name it with --server or $ADVFIT_SERVER.");

    /// <summary>What the command line and the environment say.</summary>
    /// <exception cref="InputException">They contradict each other.</exception>
    public static SweepLocation Of(ParseResult parsed, Option<string?> store)
    {
        var storeOption = parsed.GetValue(store);
        return ServerOption.Of(parsed, storeOption) is var (address, option)
            ? new SweepLocation(null, address, option)
            : Local(storeOption);
    }

    /// <summary>The same, of a command that has no <c>--store</c>.</summary>
    public static SweepLocation Of(ParseResult parsed) => ServerOption.Of(parsed, null) is var (address, option)
        ? new SweepLocation(null, address, option)
        : Local(null);

    /// <summary>A store of this machine.</summary>
    /// <param name="storeOption">The value of <c>--store</c>; null where it is not given.</param>
    public static SweepLocation Local(string? storeOption) => new(storeOption, null, Invocation.StoreOption(storeOption));

    /// <summary>The sweeps, to be looked at; null where there is no store.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public ISweepSource? Open() => IsRemote ? Connect() : SweepStore.OpenForReading(Folder);

    /// <summary>Has a command done to a sweep of a server.</summary>
    /// <param name="asked">An id, the start of one, a name or a spec's path; null for the newest.</param>
    /// <param name="command">Pause, resume, cancel or rerun.</param>
    /// <returns>The sweep's id.</returns>
    /// <exception cref="SweepException">There is no such sweep, or the server refuses.</exception>
    public string Perform(string? asked, SweepCommand command)
    {
        using var source = Connect();
        var id = FoundSweep.IdOf(source, this, asked);
        source.Control.Perform(id, command);
        return id;
    }

    /// <summary>The sweeps of a server, which is waited for where it is away.</summary>
    /// <exception cref="InputException">There is no server.</exception>
    public RemoteSweeps Connect() => new(new ApiClient(
        Server, Token, TimeProvider.System, note => Console.Error.WriteLine($"note: {note}")));

    /// <summary>The same, for those who do better than to wait.</summary>
    /// <param name="answerPatience">How long an answer may take to begin.</param>
    /// <exception cref="InputException">There is no server.</exception>
    public RemoteSweeps ConnectWithoutWaiting(TimeSpan answerPatience) => new(
        new ApiClient(Server, Token, TimeProvider.System, _ => { }) { Patience = TimeSpan.Zero, AnswerPatience = answerPatience });
}
