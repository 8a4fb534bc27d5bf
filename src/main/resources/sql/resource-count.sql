select count(*)
from resources r
where r.kind = :kind /* where */
