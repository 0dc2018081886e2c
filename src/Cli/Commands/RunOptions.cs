using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Notifications;

namespace AdvFit.Cli.Commands;

/// <summary>The options of the commands that run sweeps.</summary>
internal sealed class RunOptions
{
    private static readonly TimeSpan CommandPatience = TimeSpan.FromMinutes(5);

    private readonly Option<int?> _slots = CommonOptions.Slots();
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string?> _store = CommonOptions.Store();

    private readonly Option<bool> _plain = new("--plain") { Description = "Plain lines instead of a live display" };

    private readonly Option<bool> _keepGoing = new("--keep-going")
    {
        Description = "Go on with the others when a shuffle fails (the default)",
    };

    private readonly Option<bool> _failFast = new("--fail-fast")
    {
        Description = "Stop at the next safe point when a shuffle fails",
    };

    private readonly Option<string?> _onComplete = new("--on-complete")
    {
        Description = "A command that gets the summary as JSON on its standard input when the work has ended",
        HelpName = "CMD",
    };

    private readonly Option<string?> _webhook = new("--webhook")
    {
        Description = "An address that the summary is sent to as JSON when the work has ended",
        HelpName = "URL",
    };

    public RunOptions()
    {
        _failFast.Validators.Add(result =>
        {
            if (result.GetValue(_failFast) && result.GetValue(_keepGoing))
            {
                result.AddError("--keep-going and --fail-fast exclude each other; give one of them.");
            }
        });
        _webhook.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && CommonOptions.HttpAddress(token.Value) is null)
            {
                result.AddError($"--webhook takes an address that begins with http:// or https://, not '{token.Value}'.");
            }
        });
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _slots, _data, _store, _plain, _keepGoing, _failFast, _onComplete, _webhook })
        {
            command.Add(option);
        }
    }

    /// <summary>The settings that the command line gives.</summary>
    /// <exception cref="InputException">An option for this machine is given together with a server.</exception>
    public RunSettings Of(ParseResult parsed)
    {
        var place = SweepLocation.Of(parsed, _store);
        foreach (var option in new Option[] { _slots, _data })
        {
            if (place.IsRemote && parsed.GetResult(option) is not null)
            {
                throw new InputException($"{option.Name} says how this machine works, and a server is to; leave it out.");
            }
        }

        return new RunSettings(
            parsed.GetValue(_slots) ?? PhysicalCores.Count(), parsed.GetValue(_plain) || !Terminal.CanRedraw,
            parsed.GetValue(_failFast), place, parsed.GetValue(_data), [.. Targets(parsed)]);
    }

    private IEnumerable<INotificationTarget> Targets(ParseResult parsed)
    {
        if (parsed.GetValue(_onComplete) is { } command)
        {
            yield return new ShellCommand(command, CommandPatience);
        }

        if (parsed.GetValue(_webhook) is { } webhook)
        {
            yield return new Webhook(CommonOptions.HttpAddress(webhook)!);
        }
    }
}
