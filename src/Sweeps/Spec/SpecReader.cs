using AdvFit.Messages;
using AdvFit.Messages.Fields;

namespace AdvFit.Sweeps.Spec;

/// <summary>
/// Reads sweep specs from YAML, strictly: whatever it does not understand is a problem, and all are reported. What a spec may
/// hold is what <see cref="SweepSpec"/> and the records in it declare.
/// </summary>
/// <param name="vocabulary">The networks and attacks that a spec may name.</param>
public sealed class SpecReader(SpecVocabulary vocabulary)
{
    /// <summary>Reads a spec from a file.</summary>
    /// <exception cref="SpecException">The file cannot be read, or is not a sound spec.</exception>
    public SweepSpec Read(string path) => Parse(SpecFile.ReadText(path, "spec"), path);

    /// <summary>Reads a spec from text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="SpecException">It is not a sound spec.</exception>
    public SweepSpec Parse(string yaml, string file) => SpecFile.Parse(
        yaml, file, "the spec", SpecFields.Keys, (spec, problems) => new Reading(spec, vocabulary, problems).Read());

    /// <summary>One spec that is being read.</summary>
    private sealed class Reading(SpecSection spec, SpecVocabulary vocabulary, SpecProblems problems)
    {
        private readonly Dictionary<string, SpecSection?> _sections = [];

        public SweepSpec Read()
        {
            var classifier = spec.Has(SpecFields.Classifier.Key)
                ? (string?)FieldReader.Read(spec, SpecFields.Classifier.Field, SpecFields.Classifier.Key)
                : Classifiers.Cnn;
            var defaults = SpecDefaults.For(classifier);
            var read = RecordFields.Create<SweepSpec>(RecordFields.Of<SweepSpec>().ToDictionary(field => field.Name, field =>
            {
                var otherwise = RecordFields.Of<SpecDefaults>().FirstOrDefault(other => other.Name == field.Name)?.Of(defaults);
                if (field.Type == typeof(KnnSpec) && classifier != Classifiers.Knn)
                {
                    if (classifier is not null)
                    {
                        RefuseAll(field);
                    }

                    return null;
                }

                return field.Name switch
                {
                    "network" => spec.Choice(field.Name, vocabulary.Networks) ?? "",
                    "attacks" => new AttackReader(vocabulary, problems).Read(spec.Required(field.Name)),
                    _ when field.IsRecord => ReadRecord(field, otherwise),
                    _ when spec.Has(field.Name) || (otherwise is null && !field.IsNullable) =>
                        FieldReader.Read(spec, field, field.Name) ?? "",
                    _ => otherwise,
                };
            }));
            foreach (var (key, problem) in TrainingRules.Broken(read.Training))
            {
                Section("training")?.Refuse(key, problem);
            }

            return read;
        }

        private object? ReadRecord(RecordField record, object? defaults)
        {
            if (defaults is null && Section(SpecFields.KeyOf(record)) is null)
            {
                return null;
            }

            var values = new Dictionary<string, object?>();
            foreach (var field in SpecFields.InSection(record))
            {
                if (Section(field.YamlSection) is { } section && (section.Has(field.Key) || (defaults is null && field.Field.IsRequired)))
                {
                    values.Add(field.Field.Name, FieldReader.Read(section, field.Field, field.Key));
                }
                else if (defaults is not null)
                {
                    values.Add(field.Field.Name, field.Field.Of(defaults));
                }
            }

            return RecordFields.Create(record.Type, values);
        }

        /// <summary>A section of the spec, read once however many records have fields in it: a problem is reported once.</summary>
        private SpecSection? Section(string key)
        {
            if (!_sections.TryGetValue(key, out var section))
            {
                _sections[key] = section = spec.Section(key, SpecFields.KeysOf(key));
            }

            return section;
        }

        private void RefuseAll(RecordField record)
        {
            var key = SpecFields.KeyOf(record);
            Refuse(spec, key);
            foreach (var field in SpecFields.InSection(record).Where(field => field.YamlSection != key))
            {
                Refuse(Section(field.YamlSection), field.Key);
            }
        }

        private static void Refuse(SpecSection? section, string key)
        {
            if (section is not null && section.Has(key))
            {
                section.Refuse(key, $"`{key}` is for k-NN sweeps; say `classifier: knn`, or leave it out");
            }
        }
    }
}
