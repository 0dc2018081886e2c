using AdvFit.Learning.Attacks;
using AdvFit.Messages;
using AdvFit.Messages.Fields;

namespace AdvFit.Reporting;

/// <summary>Looks up the publications of attacks and of their parameters.</summary>
internal static class AttackSources
{
    public static AttackSource Of(AttackSpec spec)
    {
        var known = AttackCatalog.Get(spec.Attack);
        var profile = known.Profiles.FirstOrDefault(each => each.Name == spec.Profile);
        return new AttackSource(
            spec.Label, known.Title, known.Source, profile?.Source,
            [.. known.Parameters.Where(each => spec.Parameters.ContainsKey(each.Name)).Select(Describe)]);

        ParameterSource Describe(RecordField parameter)
        {
            var value = spec.Parameters[parameter.Name];
            double? published = profile is not null && profile.Parameters.TryGetValue(parameter.Name, out var theirs)
                && !theirs.Equals(value) ? theirs : null;
            return new ParameterSource(parameter.Name, value, parameter.Meaning, published);
        }
    }
}
