//! A request of the Query protocol: the fields of its form, and typed access to them.

use std::collections::BTreeMap;

use super::super::moment::Moment;
use super::errors::ApiError;

/// The fields of a form body. Of a field given twice the last counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    fields: BTreeMap<String, String>,
    region: Option<String>,
}

/// One filter: `Filters.Filter.1.Name`, `Filters.Filter.1.Values.Value.1`, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
}

impl Filter {
    /// Whether one of the values is `text`, in whatever letters.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.values.iter().any(|value| value.eq_ignore_ascii_case(text))
    }

    /// The error for a name that the action does not know.
    pub(crate) fn unknown(&self) -> ApiError {
        ApiError::value(format!("Unrecognized filter name: {}", self.name))
    }
}

impl Query {
    /// Reads a form body. Whatever bytes come, something is read.
    pub(crate) fn parse(body: &[u8]) -> Self {
        Self {
            fields: form_urlencoded::parse(body).into_owned().collect(),
            region: None,
        }
    }

    /// The same, asked of a Region.
    pub(crate) fn of_region(self, region: Option<String>) -> Self {
        Self { region, ..self }
    }

    /// The Region that the request's signature names.
    pub(crate) fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    pub(crate) fn fields(&self) -> &BTreeMap<String, String> {
        &self.fields
    }

    /// A field, unless it is absent or empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The action's name; empty when there is none.
    pub(crate) fn action(&self) -> &str {
        self.get("Action").unwrap_or("")
    }

    pub(crate) fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.get(name).ok_or_else(|| ApiError::missing(name))
    }

    /// A truth value; absent means false.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, ApiError> {
        match self.get(name) {
            None => Ok(false),
            Some(value) if value.eq_ignore_ascii_case("true") => Ok(true),
            Some(value) if value.eq_ignore_ascii_case("false") => Ok(false),
            Some(value) => Err(ApiError::value(format!(
                "Invalid value {value:?} for {name}. Must be true or false"
            ))),
        }
    }

    pub(crate) fn number(&self, name: &str) -> Result<Option<u32>, ApiError> {
        self.get(name)
            .map(|value| {
                let wrong =
                    || ApiError::value(format!("Invalid value {value:?} for {name}. Must be a number"));
                value.parse().map_err(|_| wrong())
            })
            .transpose()
    }

    pub(crate) fn time(&self, name: &str) -> Result<Option<Moment>, ApiError> {
        self.get(name)
            .map(|value| {
                let wrong = || {
                    ApiError::value(format!(
                        "Invalid value {value:?} for {name}. Must be an ISO 8601 timestamp"
                    ))
                };
                Moment::parse(value).ok_or_else(wrong)
            })
            .transpose()
    }

    /// A list: `name.1`, `name.2`, … until one is missing.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        (1..)
            .map_while(|number| self.fields.get(&format!("{name}.{number}")).cloned())
            .collect()
    }

    /// The filters, in order. One without values is an error, as it is with AWS.
    pub(crate) fn filters(&self) -> Result<Vec<Filter>, ApiError> {
        let mut filters = Vec::new();
        for number in 1.. {
            let prefix = format!("Filters.Filter.{number}");
            let values = self.list(&format!("{prefix}.Values.Value"));
            match self.get(&format!("{prefix}.Name")) {
                None if values.is_empty() => break,
                None => return Err(ApiError::missing(&format!("{prefix}.Name"))),
                Some(name) if values.is_empty() => {
                    return Err(ApiError::value(format!(
                        "Filter {name} must have at least one value"
                    )));
                }
                Some(name) => filters.push(Filter {
                    name: name.to_owned(),
                    values,
                }),
            }
        }
        Ok(filters)
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, Query};

    #[test]
    fn reads_what_the_sdks_send() {
        let query = Query::parse(
            b"Action=DescribeDBClusterBacktracks&Version=2014-10-31&DBClusterIdentifier=c1&MaxRecords=100\
              &Filters.Filter.1.Name=db-cluster-backtrack-status&Filters.Filter.1.Values.Value.1=applying\
              &Filters.Filter.1.Values.Value.2=pending&BacktrackTo=2024-05-17T14%3A28%3A00Z&Force=false",
        );
        assert_eq!(query.action(), "DescribeDBClusterBacktracks");
        assert_eq!(query.number("MaxRecords"), Ok(Some(100)));
        assert_eq!(query.flag("Force"), Ok(false));
        assert_eq!(
            query.time("BacktrackTo").unwrap().unwrap().rfc3339_s(),
            "2024-05-17T14:28:00Z"
        );
        let expected = Filter {
            name: "db-cluster-backtrack-status".into(),
            values: vec!["applying".into(), "pending".into()],
        };
        assert_eq!(query.filters(), Ok(vec![expected]));
    }

    #[test]
    fn wrong_values_have_the_codes_of_aws() {
        let query = Query::parse(b"A=1x&B=maybe&C=yesterday&Filters.Filter.1.Name=n&\xff\xfe=%zz");
        assert_eq!(query.number("A").unwrap_err().code, "InvalidParameterValue");
        assert_eq!(query.flag("B").unwrap_err().code, "InvalidParameterValue");
        assert_eq!(query.time("C").unwrap_err().code, "InvalidParameterValue");
        assert_eq!(query.required("D").unwrap_err().code, "MissingParameter");
        assert_eq!(query.filters().unwrap_err().code, "InvalidParameterValue");
    }
}
