using System.Collections.Immutable;
using AdvFit.Sweeps.Notifications;

namespace AdvFit.Cli.Running;

/// <summary>The settings of a run, as the options give them.</summary>
/// <param name="Slots">Shuffles run at once, at most.</param>
/// <param name="IsPlain">Plain lines instead of a live display.</param>
/// <param name="FailFast">Whether the first shuffle that fails ends the run.</param>
/// <param name="Place">The location of the sweep.</param>
/// <param name="DataOption">The value of <c>--data</c>; null where it is not given.</param>
/// <param name="Notify">Targets of the notification at the end, which is not sent where the user stopped the run.</param>
internal sealed record RunSettings(
    int Slots, bool IsPlain, bool FailFast, SweepLocation Place, string? DataOption, ImmutableArray<INotificationTarget> Notify);
