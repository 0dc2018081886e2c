using Akka.Actor;
using AdvFit.Api.Palette;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace AdvFit.Coordinator.Pbm;

/// <summary>Defines the commands of the palette <c>advfit</c>, and their handler.</summary>
internal sealed class SweepCommands : CommandPaletteHandler
{
    /// <summary>The argument that names a sweep.</summary>
    public const string Sweep = "sweep";

    public static readonly CommandDefinition Sweeps = Define("sweeps", "Lists the sweeps.");
    public static readonly CommandDefinition Nodes = Define("nodes", "Lists the nodes, and what their slots do.");
    public static readonly CommandDefinition Status = DefineOfSweep("status", "Says how a sweep stands.");
    public static readonly CommandDefinition Results = DefineOfSweep("results", "Says what a sweep found.");
    public static readonly CommandDefinition Track = DefineOfSweep("track", "Follows a sweep until it ends or Ctrl+C is pressed.");
    public static readonly CommandDefinition Pause = DefineOfSweep("pause", "Lets a sweep rest.");
    public static readonly CommandDefinition Resume = DefineOfSweep("resume", "Lets a sweep go on.");
    public static readonly CommandDefinition Cancel = DefineOfSweep("cancel", "Gives a sweep up; what is done of it stays.");

    public static readonly CommandPalette Palette =
        new("advfit", new[] { Sweeps, Nodes, Status, Results, Track, Pause, Resume, Cancel });

    /// <param name="palette">The implementation of the commands.</param>
    public SweepCommands(SweepPalette palette)
        : base(Palette) => HandlerProps = Props.Create(() => new SweepCommandActor(palette));

    /// <summary>Props of the actor that answers one client.</summary>
    public override Props HandlerProps { get; }

    private static CommandDefinition Define(string name, string description) =>
        new CommandDefinitionBuilder().WithName(name).WithDescription(description).Build();

    private static CommandDefinition DefineOfSweep(string name, string description) =>
        new CommandDefinitionBuilder().WithName(name).WithDescription(description)
            .WithArgument(argument => argument.WithName(Sweep)
                .WithDescription("The sweep's id, the start of just one id, or a name.")
                .IsMandatory(true).WithSwitch("-s").WithSwitch("--sweep"))
            .Build();
}
