using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Commands;

/// <summary>The options of every command that works on a sweep in this process.</summary>
internal sealed class RunOptions
{
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

    public RunOptions() => _failFast.Validators.Add(result =>
    {
        if (result.GetValue(_failFast) && result.GetValue(_keepGoing))
        {
            result.AddError("--keep-going and --fail-fast exclude each other; give one of them.");
        }
    });

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _slots, _data, _store, _plain, _keepGoing, _failFast })
        {
            command.Add(option);
        }
    }

    /// <summary>What the user gave.</summary>
    public RunSettings Of(ParseResult parsed) => new(
        parsed.GetValue(_slots) ?? PhysicalCores.Count(), parsed.GetValue(_plain) || !Terminal.CanRedraw,
        parsed.GetValue(_failFast), parsed.GetValue(_store), parsed.GetValue(_data));
}
