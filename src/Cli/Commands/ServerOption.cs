using System.Collections.Frozen;
using System.CommandLine;
using AdvFit.Api.Client;

namespace AdvFit.Cli.Commands;

/// <summary>The option <c>--server</c>: commands work on the sweeps of a server instead of those of a store.</summary>
internal static class ServerOption
{
    private const string Name = "--server";
    private const string Variable = "ADVFIT_SERVER";
    private const string StoreName = "--store";

    private static readonly FrozenSet<string> Remote = FrozenSet.Create(
        "run", "list", "show", "results", "report", "dashboard", "watch", "pause", "resume", "cancel", "rerun", "export", "import",
        "forget", "nodes");

    /// <summary>Creates the option, which can be given before and after the command.</summary>
    public static Option<string?> Create()
    {
        var option = new Option<string?>(Name)
        {
            Description = $"Work on the sweeps of a server instead; otherwise ${Variable}. Several addresses, with commas between "
                + $"them, are tried in turn. What changes something takes ${ApiClient.TokenVariable}",
            HelpName = "URL",
            Recursive = true,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ServerAddresses.Parse(token.Value) is null)
            {
                result.AddError(
                    $"{Name} takes addresses that begin with http:// or https://, with commas between them, not '{token.Value}'.");
            }
        });
        return option;
    }

    /// <summary>The server's addresses, and the part of a command line that names them; null where none is named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="storeOption">The value of <c>--store</c>, which takes precedence over the environment.</param>
    /// <exception cref="InputException">Both a server and a store are named, or the environment names no address.</exception>
    public static (ServerAddresses Addresses, string Option)? Of(ParseResult parsed, string? storeOption)
    {
        if (parsed.GetValue<string?>(Name) is { } given)
        {
            return storeOption is null
                ? (ServerAddresses.Parse(given)!, $" {Name} {Invocation.Quote(given)}")
                : throw new InputException($"{StoreName} and {Name} exclude each other; give one of them.");
        }

        if (storeOption is not null || Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } named)
        {
            return null;
        }

        return (ServerAddresses.Parse(named) ?? throw new InputException(
            $"${Variable} must be addresses that begin with http:// or https://, with commas between them, not '{named}'."), "");
    }

    /// <summary>Hides the option in the help of commands that only work on this machine.</summary>
    public static void HideWhereLocal(ParseResult parsed) =>
        parsed.RootCommandResult.Command.Options.Single(option => option.Name == Name).Hidden = IsLocal(parsed.CommandResult.Command);

    /// <summary>Refuses a server to the commands that only work on this machine.</summary>
    /// <exception cref="InputException">A server is named.</exception>
    public static void RefuseWhereLocal(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (!IsLocal(command) || parsed.Action != command.Action)
        {
            return;
        }

        var store = command.Options.FirstOrDefault(option => option.Name == StoreName);
        if (parsed.GetValue<string?>(Name) is not null)
        {
            throw new InputException(
                $"`{Invocation.Program} {command.Name}` works on this machine only; leave out {Name}{(store is null ? "" : $", or name a {StoreName} instead")}.");
        }

        if (store is not null && parsed.GetResult(store) is null && Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
        {
            throw new InputException(
                $"`{Invocation.Program} {command.Name}` works on a store of this machine only, and ${Variable} names a server; name the store with {StoreName}.");
        }
    }

    /// <summary>Whether a command only works on this machine. Subcommands do, whatever their names.</summary>
    private static bool IsLocal(Command command) =>
        command is not RootCommand && !(Remote.Contains(command.Name) && command.Parents.OfType<RootCommand>().Any());
}
