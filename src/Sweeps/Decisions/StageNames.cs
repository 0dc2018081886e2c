using AdvFit.Experiments;

namespace AdvFit.Sweeps.Decisions;

/// <summary>Stages by the names that users and the journal give them: a phase, <c>attack</c>, or one stage, <c>attack:deepfool</c>.</summary>
public static class StageNames
{
    /// <summary>Whether a stage is one that is named, itself or by its phase.</summary>
    public static bool AreAny(IEnumerable<string> names, StageKey stage)
    {
        var key = stage.ToString();
        return names.Any(name => name == stage.Phase || name == key);
    }

    /// <summary>What is to be done again because a stage is: itself, and every phase after its own.</summary>
    /// <param name="workflow">The stages there are.</param>
    /// <param name="name">A phase or a stage; a single step only as part of its phase.</param>
    /// <returns>Phases and stages; null where there is no such stage.</returns>
    public static IReadOnlyList<string>? WithFollowing(Workflow workflow, string name)
    {
        var place = workflow.PlaceOf(name.Split(':', 2)[0]);
        if (place < 0 || !Choices(workflow).Contains(name))
        {
            return null;
        }

        return [name, .. workflow.Phases.Skip(place + 1).Select(phase => phase.Name)];
    }

    /// <summary>The names that a user may choose from.</summary>
    public static IEnumerable<string> Choices(Workflow workflow) => workflow.Phases
        .SelectMany(phase => phase.Items.Where(item => item.Length > 0)
            .Select(item => StageKey.OfItem(phase.Name, item).ToString()).Prepend(phase.Name));
}
