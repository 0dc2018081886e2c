using System.CommandLine;
using AdvFit.Api.Client;
using AdvFit.Cli.Commands;
using AdvFit.Messages;
using AdvFit.Messages.Text;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli.Locations;

/// <summary>The location of a command's sweeps: a store of this machine, or a server.</summary>
internal sealed class SweepLocation
{
    private readonly ServerAddresses? _server;

    private SweepLocation(string? storeOption, ServerAddresses? server, string option) =>
        (StoreOption, _server, Option) = (storeOption, server, option);

    /// <summary>The value of <c>--store</c>; null where it is not given.</summary>
    public string? StoreOption { get; }

    /// <summary>The part of a command line that names the same location.</summary>
    public string Option { get; }

    /// <summary>Whether it is a server.</summary>
    public bool IsRemote => _server is not null;

    /// <summary>The place for people: <c>in FOLDER</c> or <c>on ADDRESSES</c>.</summary>
    public string Where => IsRemote ? $"on {Address}" : $"in {Folder}";

    /// <summary>The server's addresses, without slashes at the end.</summary>
    public string Address => Server.ToString();

    /// <summary>The store's folder; only for a store.</summary>
    public string Folder => SweepStore.Locate(StoreOption);

    /// <summary>Whether the environment has a token for a server.</summary>
    public static bool HasToken => Token is not null;

    private static string? Token => Environment.GetEnvironmentVariable(ApiClient.TokenVariable) is { Length: > 0 } token ? token : null;

    private ServerAddresses Server => _server
        ?? throw new InputException("There are nodes only where there is a server; name it with --server or $ADVFIT_SERVER.");

    /// <summary>The location that the command line and the environment name.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="store">The option <c>--store</c>; null for a command without one.</param>
    /// <exception cref="InputException">They contradict each other.</exception>
    public static SweepLocation Of(ParseResult parsed, Option<string?>? store = null)
    {
        var storeOption = store is null ? null : parsed.GetValue(store);
        return ServerOption.Of(parsed, storeOption) is var (addresses, option)
            ? new SweepLocation(null, addresses, option)
            : Local(storeOption);
    }

    /// <summary>A store of this machine.</summary>
    /// <param name="storeOption">The value of <c>--store</c>; null where it is not given.</param>
    public static SweepLocation Local(string? storeOption) => new(storeOption, null, Invocation.StoreOption(storeOption));

    /// <summary>Opens the sweeps for reading; null where there is no store.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public ISweepSource? Open() => IsRemote ? Connect() : SweepStore.OpenForReading(Folder);

    /// <summary>Pauses, resumes, cancels or reruns a sweep of a server.</summary>
    /// <param name="asked">An id, the start of one, a name or a spec's path; null for the newest.</param>
    /// <param name="command">The command.</param>
    /// <returns>The sweep's id.</returns>
    /// <exception cref="SweepException">There is no such sweep, or the server refuses.</exception>
    public string Perform(string? asked, SweepCommand command)
    {
        using var source = Connect();
        var id = OpenedSweep.IdOf(source, this, asked);
        source.Control.Perform(id, command);
        return id;
    }

    /// <summary>Connects to the server, with retries while it is away.</summary>
    /// <exception cref="InputException">There is no server.</exception>
    public RemoteSweeps Connect() => new(new ApiClient(
        Server, Token, TimeProvider.System, note => Console.Error.WriteLine($"note: {VisibleText.Line(note)}")));

    /// <summary>Connects to the server, without retries.</summary>
    /// <param name="answerPatience">How long the server may take to begin an answer.</param>
    /// <exception cref="InputException">There is no server.</exception>
    public RemoteSweeps ConnectWithoutWaiting(TimeSpan answerPatience) => new(
        new ApiClient(Server, Token, TimeProvider.System, _ => { }) { Patience = TimeSpan.Zero, AnswerPatience = answerPatience });
}
